import { readFileSync, realpathSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { keyMeta } from './names.ts';

/**
 * What the page may do: show itself and talk to this host. `connect-src 'self'` is there because
 * the shim that plays Electron's IPC needs it; the packaged page has 'none'.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** On every answer, errors included. */
export const strictHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
  'Cache-Control': 'no-store',
};

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** Serves dist/renderer, and the preload for a browser as /preload.js. */
export class Pages {
  readonly #folder: string;
  readonly #preload: string;

  constructor(dist: string) {
    this.#folder = join(dist, 'renderer');
    this.#preload = join(dist, 'browser-host', 'preload.js');
  }

  /** Null for what is not there, is of no known type, or lies outside the page's folder. */
  file(path: string): PageFile | null {
    if (path === '/preload.js') return read(this.#preload, '.js');
    if (path === '/') return this.index();
    const place = placeBelow(this.#folder, path);
    return place === null ? null : read(place, extname(place));
  }

  /**
   * The page as built, with the preload ahead of its first script as Electron would run it, and for
   * the page of a new session its key, which the preload takes out again. Null if it is not built.
   */
  index(key: string | null = null): PageFile | null {
    const page = read(join(this.#folder, 'index.html'), '.html');
    if (page === null) return null;
    const text = page.body.toString('utf8');
    const meta = key === null ? '' : `<meta name="${keyMeta}" content="${key}">`;
    const first = `${meta}<script src="./preload.js"></script>`;
    const withPreload = text.replace(/<head[^>]*>/i, (head) => head + first);
    return { ...page, body: Buffer.from(withPreload) };
  }
}

/** The real path below `folder`, or null: for `..`, encoded or not, a link that leads out, a NUL. */
function placeBelow(folder: string, path: string): string | null {
  try {
    const wanted = decodeURIComponent(path);
    if (/[\0\\]/.test(wanted) || wanted.split('/').includes('..')) return null;
    const top = realpathSync(folder);
    const place = realpathSync(resolve(top, `.${wanted}`));
    return place.startsWith(top + sep) ? place : null;
  } catch {
    return null;
  }
}

function read(place: string, extension: string): PageFile | null {
  const type = types[extension];
  if (type === undefined) return null;
  try {
    return { type, body: readFileSync(place) };
  } catch {
    return null;
  }
}
