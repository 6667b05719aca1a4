import { readFileSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import tls from 'node:tls';
import { onTestFinished } from 'vitest';

const fixture = (name: string) =>
  readFileSync(new URL(`../fixtures/${name}`, import.meta.url), 'utf8');

/** A self-signed certificate for this machine, and its key: they open nothing anywhere. */
export const loopbackCert = fixture('loopback-cert.pem');
const loopbackKey = fixture('loopback-key.pem');

/** One connection as the server saw it: every byte it received, in order. */
export interface Seen {
  readonly socket: net.Socket;
  received: Buffer;
  closed: boolean;
}

export interface RawServer {
  readonly port: number;
  /** Every connection so far; with TLS, every one whose handshake is done. */
  readonly seen: Seen[];
  /** Every connection below the TLS, handshake done or not: is it closed? */
  readonly transports: { closed: boolean }[];
  /** Resolves when `condition` holds; looked at whenever a connection opens, speaks or closes. */
  until(condition: (seen: Seen[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

/**
 * A server of bare bytes on a free port of this machine. `onRequest` is called for each whole
 * request (head, and body by its Content-Length), `onConnection` for each connection.
 */
export async function rawServer(
  options: {
    secure?: boolean;
    onConnection?: (seen: Seen) => void;
    onRequest?: (seen: Seen, count: number, request: Buffer) => void;
  } = {},
): Promise<RawServer> {
  const seen: Seen[] = [];
  const transports: { closed: boolean }[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const check of waiting) check();
  };
  const accept = (socket: net.Socket) => {
    const connection: Seen = { socket, received: Buffer.alloc(0), closed: false };
    let answered = 0;
    let rest = Buffer.alloc(0);
    seen.push(connection);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      connection.closed = true;
      look();
    });
    socket.on('data', (chunk: Buffer) => {
      connection.received = Buffer.concat([connection.received, chunk]);
      rest = Buffer.concat([rest, chunk]);
      for (let length = wholeLength(rest); length !== null; length = wholeLength(rest)) {
        const request = rest.subarray(0, length);
        rest = rest.subarray(length);
        answered += 1;
        options.onRequest?.(connection, answered, request);
      }
      look();
    });
    options.onConnection?.(connection);
    look();
  };
  const server = options.secure
    ? tls.createServer({ cert: loopbackCert, key: loopbackKey }, accept)
    : net.createServer(accept);
  server.on('tlsClientError', () => undefined);
  server.on('connection', (socket: net.Socket) => {
    const transport = { closed: false };
    transports.push(transport);
    socket.on('close', () => {
      transport.closed = true;
      look();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const close = async () => {
    for (const { socket } of seen) socket.destroy();
    if (server.listening) await new Promise((closed) => server.close(closed));
  };
  onTestFinished(close);
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    transports,
    until: (condition) =>
      new Promise((resolve) => {
        const check = () => {
          if (!condition(seen)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    close,
  };
}

/** The length of the first whole request in `bytes`; null if it has not all come. */
function wholeLength(bytes: Buffer): number | null {
  const head = bytes.indexOf('\r\n\r\n');
  if (head < 0) return null;
  const length = /\r\ncontent-length: (\d+)/i.exec(bytes.toString('latin1', 0, head))?.[1] ?? '0';
  const whole = head + 4 + Number(length);
  return bytes.length >= whole ? whole : null;
}

/** An HTTP answer as bytes. */
export function httpAnswer(body: string, status = '200 OK', more: readonly string[] = []): Buffer {
  const lines = [
    `HTTP/1.1 ${status}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...more,
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** A port of this machine on which nothing listens. */
export async function deadPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
