import { getProxyForUrl } from 'proxy-from-env';
import { isLoopback } from '../platform/loopback.ts';

/** The profile's `proxy`: what the system says, none at all, or this one, as a URL. */
export type ProxySetting = 'system' | 'none' | (string & {});

/**
 * Asks the system which proxy serves a URL. The answer is a proxy's URL, nothing for a direct
 * connection, or a list as browsers use it (`PROXY host:port; DIRECT`), which is what Electron's
 * `session.resolveProxy` gives.
 */
export type SystemProxy = (url: string) => string | Promise<string>;

/** A proxy setting that cannot be used. The message repeats no user name or password. */
export class ProxyInvalid extends Error {
  override name = 'ProxyInvalid';
}

/** The system's setting as environment variables tell it: HTTPS_PROXY, ALL_PROXY, NO_PROXY. */
export const environmentProxy: SystemProxy = (url) => getProxyForUrl(url);

/**
 * The proxy to reach `url` by, or null for none. This machine itself is never reached by a proxy.
 * @throws ProxyInvalid (or rejects with it) if the setting is not understood.
 */
export function proxyFor(
  url: string,
  setting: ProxySetting,
  system: SystemProxy = environmentProxy,
): URL | null | Promise<URL | null> {
  if (setting === 'none' || isLoopback(url)) return null;
  if (setting !== 'system') return proxyUrl(setting);
  const found = system(url);
  return typeof found === 'string' ? readSystem(found) : found.then(readSystem);
}

/**
 * Reads a proxy's URL.
 * @throws ProxyInvalid unless it is `http:` or `https:` with nothing behind the host and port.
 */
export function proxyUrl(text: string): URL {
  if (!URL.canParse(text)) throw new ProxyInvalid('the proxy is not a URL');
  const url = new URL(text);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new ProxyInvalid(`a ${url.protocol} proxy cannot be used, only http: or https:`);
  }
  return url;
}

function readSystem(found: string): URL | null {
  const text = found.trim();
  if (text === '') return null;
  if (text.includes('://')) return proxyUrl(text);
  const entries = text.split(';').map((entry) => entry.trim().split(/\s+/));
  for (const [kind = '', address = ''] of entries) {
    if (/^direct$/i.test(kind)) return null;
    if (/^(proxy|http)$/i.test(kind)) return proxyUrl(`http://${address}`);
    if (/^https$/i.test(kind)) return proxyUrl(`https://${address}`);
  }
  throw new ProxyInvalid('the system names no proxy that can be used');
}
