import type { IncomingMessage } from 'node:http';

/**
 * The Host header names this machine and this port. Any page of a browser on this machine can reach
 * loopback under a name of its own ("DNS rebinding"); it then comes with that name.
 */
export function hostIsOurs(request: IncomingMessage): boolean {
  const { host } = request.headers;
  const port = request.socket.localPort;
  return host === `127.0.0.1:${port}` || host === `localhost:${port}`;
}

/**
 * A till, and no page: a browser says with every request that it is one, by one of these headers at
 * least, and no page can leave them out.
 */
export function isNoBrowser({ headers }: IncomingMessage): boolean {
  return headers.origin === undefined && headers['sec-fetch-site'] === undefined;
}
