import type { IncomingMessage } from 'node:http';
import { keyHeader } from './names.ts';

/** What a request says of where it comes from, checked against the host's own port. */
export interface Gate {
  readonly port: number;
  readonly cookieName: string;
}

/**
 * The Host header names this machine: a name that an attacker's DNS points at 127.0.0.1 is somebody
 * else's page ("DNS rebinding").
 */
export function hostIsOurs(request: IncomingMessage, { port }: Gate): boolean {
  const { host } = request.headers;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/** The page that sends is the one this host serves: an Origin that is absent is not enough. */
export function originIsOurs(request: IncomingMessage): boolean {
  return request.headers.origin === `http://${request.headers.host}` && siteIsOurs(request);
}

/**
 * Where the browser says who asks, it must be this very page. Another port of this machine counts as
 * the same site, so the cookie's SameSite alone would let it open the stream and push the till out.
 */
export function siteIsOurs(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}

/**
 * The session cookie's value. Cookies are shared by all ports of a machine: the name carries ours so
 * that two tills do not overwrite each other, and the cookie alone opens nothing that matters.
 */
export function cookieOf(request: IncomingMessage, { cookieName }: Gate): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = pair.trim().split('=', 2);
    if (name === cookieName && value !== undefined) return value;
  }
  return null;
}

/** The page's proof, which comes beside the cookie and is worth nothing anywhere else. */
export function proofOf(request: IncomingMessage): string | null {
  const proof = request.headers[keyHeader.toLowerCase()];
  return typeof proof === 'string' ? proof : null;
}
