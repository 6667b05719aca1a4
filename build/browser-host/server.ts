import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Host, Sender } from '../../main/host.ts';
import { channels, messageBytesMax } from '../../shared/ipc.ts';
import { readBody } from './body.ts';
import { Clients } from './clients.ts';
import { cookieOf, type Gate, hostIsOurs, originIsOurs, proofOf, siteIsOurs } from './gate.ts';
import { pageHeader, pageSays, tillSays } from './names.ts';
import { Pages, strictHeaders } from './pages.ts';
import { Rate } from './rate.ts';
import { fileReply, json, plain, type Reply, words, write } from './reply.ts';
import type { Session } from './session.ts';

const beatMs = 15_000;

type Handler = (sender: Sender, message: unknown) => Promise<unknown>;

export interface BrowserHost extends Host {
  /**
   * Binds 127.0.0.1, and nothing else. Port 0 lets the system choose. Resolves to the port.
   * @throws Error with code EADDRINUSE when another program has the port.
   */
  listen(port: number): Promise<number>;
  /** An address that opens the till once. */
  freshAddress(): string;
  close(): Promise<void>;
}

export interface BrowserHostOptions {
  /** The folder with renderer/ and browser-host/preload.js. */
  readonly dist: string;
  readonly session: Session;
  /** Shows the address to the person: opens a browser, or does nothing. */
  readonly show: (address: string) => void;
  /** Milliseconds of any clock that does not go back, for the flood limit. */
  readonly nowMs: () => number;
}

/** The till's page and its IPC over loopback HTTP, for machines without Electron's runtime. */
export function createBrowserHost(options: BrowserHostOptions): BrowserHost {
  const { session } = options;
  const run = randomUUID();
  const clients = new Clients(run);
  const pages = new Pages(options.dist);
  const trusted = new Rate(100, 50, options.nowMs);
  const untrusted = new Rate(10, 1, options.nowMs);
  let gate: Gate = { port: 0, cookieName: '' };
  let handle: Handler | null = null;

  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(strictHeaders)) response.setHeader(name, value);
    answer(request, response).then(
      // A stream has its headers already, and goes on.
      (reply) => (reply === null ? undefined : write(response, reply)),
      (error: unknown) => {
        console.error('browser host:', error instanceof Error ? error.message : error);
        if (response.headersSent) response.destroy();
        else write(response, plain(500, 'The till could not answer.'));
      },
    );
  });
  server.headersTimeout = 5000;
  server.requestTimeout = 10_000;
  // A till has one page. Idle connections must not take the descriptors that books and OVO need.
  server.maxConnections = 64;
  const beat = setInterval(() => clients.beat(), beatMs).unref();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<Reply | null> {
    if (!hostIsOurs(request, gate)) return refuse(request, 'The Host header is not this till.');
    const url = urlOf(request);
    if (url === null) return plain(400, 'Not understood.');
    const token = url.searchParams.get('token');
    if (request.method === 'GET' && url.pathname === '/' && token !== null) {
      return enter(request, token);
    }
    const cookie = cookieOf(request, gate);
    if (!session.admits(cookie)) return refuse(request, 'No session.');
    if (request.method === 'GET' && url.pathname === '/hello') {
      return siteIsOurs(request) ? hello(url) : refuse(request, 'Not from the till’s own page.');
    }
    const says = pageSays(String(gate.port), run, pageOf(request));
    const isPage = session.admitsPage(cookie, says, proofOf(request));
    if (request.method === 'POST' && url.pathname === '/ipc') {
      return isPage ? ipc(request) : refuse(request, 'Not the page of this session.');
    }
    if (request.method !== 'GET') return plain(405, 'Not allowed.');
    if (url.pathname === '/push') {
      return isPage ? push(request, response) : refuse(request, 'Not the page of this session.');
    }
    return file(url.pathname);
  }

  /**
   * The printed address, once: its token becomes the session. The answer is the page itself, with the
   * page's key in it: in an address, the key would be kept by the browser's history.
   */
  function enter(request: IncomingMessage, token: string): Reply {
    const admission = session.redeem(token);
    if (admission === null) {
      if (session.admits(cookieOf(request, gate))) {
        const { status, body, headers } = plain(303, 'The till is at /.');
        return { status, body, headers: { ...headers, Location: '/' } };
      }
      const sentence = 'It opens the till once. "npm start" in the project prints a fresh one.';
      return words(403, 'This address has been used', sentence);
    }
    // The session is a new one: whatever page the old one had open is not the till any more.
    clients.stopCurrent();
    const page = pages.index(admission.key);
    if (page === null) return plain(404, 'The page has not been built.');
    const rights = 'HttpOnly; SameSite=Strict; Path=/; Max-Age=604800';
    return fileReply(page, { 'Set-Cookie': `${gate.cookieName}=${admission.cookie}; ${rights}` });
  }

  /** So that the page can tell the till from whoever has taken its port. */
  function hello(url: URL): Reply {
    const nonce = url.searchParams.get('nonce') ?? '';
    if (!/^[\w-]{16,64}$/.test(nonce)) return plain(400, 'Not understood.');
    const proof = session.prove(tillSays(String(gate.port), run, nonce));
    return proof === null ? plain(403, 'No session.') : json({ run, proof });
  }

  async function ipc(request: IncomingMessage): Promise<Reply> {
    if (!originIsOurs(request)) return refuse(request, 'Not from the till’s own page.');
    if (!trusted.take()) return plain(429, 'Too many requests.');
    if (!/^application\/json(;|$)/.test(request.headers['content-type'] ?? '')) {
      return plain(415, 'Only JSON.');
    }
    if (!clients.isCurrent(pageOf(request))) {
      return plain(409, 'The till is open elsewhere.');
    }
    const body = await readBody(request, messageBytesMax);
    if (body.kind === 'tooLong') return plain(413, 'Too long.');
    const envelope = body.kind === 'json' ? envelopeOf(body.value) : null;
    if (envelope?.channel !== channels.request) return plain(400, 'Not understood.');
    if (handle === null) return plain(503, 'The till is not ready.');
    const sender = { trusted: true, description: 'the till’s page in a browser' };
    return json(await handle(sender, envelope.message));
  }

  function push(request: IncomingMessage, response: ServerResponse): Reply | null {
    if (!siteIsOurs(request)) return refuse(request, 'Not from the till’s own page.');
    const page = pageOf(request);
    if (!/^[\w-]{8,64}$/.test(page)) return plain(400, 'No page name.');
    request.socket.setNoDelay(true);
    response.writeHead(200, { 'Content-Type': 'application/x-ndjson' });
    clients.open(page, response);
    return null;
  }

  function file(path: string): Reply {
    const found = pages.file(path);
    if (found === null) return plain(404, 'Not here.');
    // Names below assets/ carry a hash of what they hold.
    const lasting = { 'Cache-Control': 'private, max-age=31536000, immutable' };
    return fileReply(found, path.startsWith('/assets/') ? lasting : {});
  }

  /** Main hears of who was turned away, for its log, but not what they wanted. */
  function refuse(request: IncomingMessage, why: string): Reply {
    if (handle !== null && request.method === 'POST' && untrusted.take()) {
      const from = String(request.headers.origin ?? 'no origin').slice(0, 100);
      const sender = { trusted: false, description: `${why} (${from})` };
      handle(sender, null).catch(() => undefined);
    }
    return plain(403, `${why} "npm start" in the project prints an address that opens the till.`);
  }

  function freshAddress(): string {
    return `http://127.0.0.1:${gate.port}/?token=${session.issueToken()}`;
  }

  return {
    onRequest: (handler) => {
      handle = handler;
    },
    push: (message) => clients.push(message),
    bringToFront: () => {
      const address = freshAddress();
      options.show(address);
      return address;
    },
    freshAddress,
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => {
          server.off('error', reject);
          const bound = server.address() as AddressInfo;
          gate = { port: bound.port, cookieName: `gerai-${bound.port}` };
          session.rememberPort(bound.port);
          resolve(bound.port);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        clearInterval(beat);
        clients.close();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The page that asks, by the name it gave itself; empty for none. */
function pageOf(request: IncomingMessage): string {
  return String(request.headers[pageHeader.toLowerCase()] ?? '');
}

function envelopeOf(value: unknown): { channel: unknown; message: unknown } | null {
  if (typeof value !== 'object' || value === null) return null;
  return 'channel' in value && 'message' in value ? value : null;
}

/** Null for a request line that is no path. */
function urlOf(request: IncomingMessage): URL | null {
  return URL.parse(request.url ?? '', `http://${request.headers.host}`);
}
