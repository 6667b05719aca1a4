import { isLoopback } from '../platform/loopback.ts';

/** A base address that the till will not send to. The message says why and repeats no credentials. */
export class BaseUrlRefused extends Error {
  override name = 'BaseUrlRefused';
}

/**
 * OVO's one endpoint, below the base address of the terminal's profile. A base address may have a
 * path of its own, so that a merchant's relay can stand between (rule 26).
 * @throws BaseUrlRefused unless it is `https:`, or `http:` to this very machine, with no user name,
 *   query or fragment in it.
 */
export function endpoint(baseUrl: string): URL {
  if (!URL.canParse(baseUrl)) throw new BaseUrlRefused('the base address is not a URL');
  const url = new URL(baseUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new BaseUrlRefused('the base address must begin with https:');
  }
  if (url.protocol === 'http:' && !isLoopback(baseUrl)) {
    throw new BaseUrlRefused(
      `the base address must be https: for ${url.hostname}; http: is for this machine only`,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new BaseUrlRefused('the base address must not hold a user name or password');
  }
  if (/[?#]/.test(url.href)) {
    throw new BaseUrlRefused('the base address must not hold a query or a fragment');
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/pos`;
  return url;
}
