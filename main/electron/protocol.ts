import type { CustomScheme } from 'electron';
import type { PageFiles } from './page-files.ts';

export const scheme = 'gerai';
export const pageOrigin = `${scheme}://till`;
export const pageUrl = `${pageOrigin}/index.html`;

/**
 * SECURITY: a scheme of our own in the place of `file:`, whose pages could read each other and the
 * disk. It is standard and secure, so that the page has an origin and same-origin rules hold.
 * `corsEnabled` is what a scheme's module scripts and fonts are fetched by; it lets pages of other origins
 * read the files, and there is neither such a page nor a secret in the files. Every other privilege is
 * left off: no fetch, no service worker, no way past the policy.
 */
export const schemePrivileges: CustomScheme = {
  scheme,
  privileges: {
    standard: true,
    secure: true,
    bypassCSP: false,
    allowServiceWorkers: false,
    supportFetchAPI: false,
    corsEnabled: true,
    stream: false,
    codeCache: false,
    allowExtensions: false,
  },
};

/**
 * SECURITY: what the page may do is show itself. `connect-src 'none'`: it can open no connection at
 * all (rule 26). No inline script or style, no frame, no form, no worker, no base. Images may be
 * written out in the page (`data:`), which reaches nobody: the empty icon is one.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "worker-src 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "media-src 'none'",
  "manifest-src 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** On every answer, refusals included. */
export const strictHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': [
    ...['camera', 'microphone', 'display-capture', 'geolocation', 'payment'],
    ...['usb', 'serial', 'hid', 'bluetooth', 'midi', 'clipboard-read', 'local-fonts'],
  ]
    .map((feature) => `${feature}=()`)
    .join(', '),
  // Looking a name up is a connection, too.
  'X-DNS-Prefetch-Control': 'off',
  'Cache-Control': 'no-store',
};

type Asked = Pick<Request, 'method' | 'url'>;

/**
 * Answers `gerai://till/…` from the page's files.
 *
 * SECURITY: the path is a key of a list that was made when the program started; there is no path on
 * the disk to climb out of, however the request writes its dots and slashes.
 */
export function pageAnswers(files: PageFiles): (request: Asked) => Response {
  return ({ method, url }) => {
    const asked = URL.parse(url);
    const ours = asked !== null && asked.protocol === `${scheme}:` && asked.host === 'till';
    if (!ours || asked.username !== '' || asked.port !== '') return refusal(403);
    if (method !== 'GET') return refusal(405);
    const file = files.get(asked.pathname);
    if (file === undefined) return refusal(404);
    return new Response(new Uint8Array(file.body), {
      headers: { ...strictHeaders, 'Content-Type': file.type },
    });
  };
}

function refusal(status: number): Response {
  const headers = { ...strictHeaders, 'Content-Type': 'text/plain; charset=utf-8' };
  return new Response('Not here.', { status, headers });
}
