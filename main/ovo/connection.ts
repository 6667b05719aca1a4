import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { mono } from '../../shared/time.ts';
import type { NeverSentReason } from '../payment/types.ts';
import type { Clock } from '../platform/clock.ts';
import { ProxyInvalid } from './proxy.ts';

/** Why no connection came about. The message holds codes of the system only, nothing of a request. */
export class NoConnection extends Error {
  override name = 'NoConnection';
  readonly reason: NeverSentReason;
  constructor(reason: NeverSentReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

export interface DialOptions {
  /** Where to; its scheme says whether TLS is spoken. */
  readonly target: URL;
  /** The proxy to go through, or null; asked anew for every connection. */
  readonly proxy: () => URL | null | Promise<URL | null>;
  readonly clock: Clock;
  /** For name, connection and TLS together, proxy included. */
  readonly connectMs: number;
  /** The only authority to trust, for tests; undefined: those that Node knows. */
  readonly ca?: string | undefined;
  /** A TLS session to resume, and where to put the next. */
  readonly session: { latest: Buffer | undefined };
}

type Settle = (failure: NoConnection | null, socket: net.Socket | null) => void;

/** TLS as OVO must speak it, whatever the environment of the process says. */
const tlsRules = {
  minVersion: 'TLSv1.2',
  rejectUnauthorized: true,
  ALPNProtocols: ['http/1.1'],
} as const satisfies tls.ConnectionOptions;

/**
 * Opens one connection and settles once, when it is wholly up (TLS done) or surely is not going to
 * be. Until then nothing of a request exists for it to carry, so a failure here means that not one
 * byte left (rule 9a).
 */
class Dialling {
  readonly #options: DialOptions;
  readonly #settle: Settle;
  readonly #callOff: () => void;
  #settled = false;
  #current: { destroy(): unknown } | null = null;

  constructor(options: DialOptions, settle: Settle) {
    this.#options = options;
    this.#settle = settle;
    const { clock, connectMs } = options;
    this.#callOff = clock.at(mono(clock.mono() + connectMs), () =>
      this.fail('connectTimeout', `no connection within ${connectMs} ms`),
    );
  }

  start(): void {
    try {
      const proxy = this.#options.proxy();
      if (proxy instanceof Promise) proxy.then((found) => this.#begin(found), this.#noProxy);
      else this.#begin(proxy);
    } catch (error) {
      this.#noProxy(error);
    }
  }

  fail(reason: NeverSentReason, detail: string): void {
    if (this.#settled) return;
    this.#settled = true;
    this.#callOff();
    this.#current?.destroy();
    this.#settle(new NoConnection(reason, detail), null);
  }

  #up(socket: net.Socket): void {
    if (this.#settled) {
      socket.destroy();
      return;
    }
    this.#settled = true;
    this.#callOff();
    this.#settle(null, socket);
  }

  readonly #noProxy = (error: unknown): void => {
    const known = error instanceof ProxyInvalid;
    this.fail('proxyRefused', known ? error.message : 'the proxy setting could not be read');
  };

  #begin(proxy: URL | null): void {
    if (this.#settled) return;
    try {
      if (proxy !== null) this.#throughProxy(proxy);
      else if (this.#options.target.protocol === 'https:') this.#secure(null);
      else this.#plain();
    } catch (error) {
      this.fail(proxy === null ? 'unreachable' : 'proxyRefused', codeOf(error));
    }
  }

  #plain(): void {
    const socket = net.connect(addressOf(this.#options.target));
    this.#watch(socket, () => reasonBeforeConnect);
    socket.once('connect', () => this.#up(socket));
  }

  /** TLS to the target, over a socket of its own or inside a tunnel that is already there. */
  #secure(tunnel: net.Socket | null): void {
    const { target, ca, session } = this.#options;
    const address = addressOf(target);
    const socket = tls.connect({
      ...tlsRules,
      ...address,
      ...(ca === undefined ? {} : { ca }),
      ...(session.latest === undefined ? {} : { session: session.latest }),
      ...(tunnel === null ? {} : { socket: tunnel }),
    });
    let reached = tunnel !== null;
    socket.once('connect', () => {
      reached = true;
    });
    this.#watch(socket, () => (reached ? reasonInHandshake : reasonBeforeConnect));
    socket.on('session', (next) => {
      session.latest = next;
    });
    socket.once('secureConnect', () => this.#up(socket));
    // A session that the server no longer takes must not spoil the next try too.
    socket.once('error', () => {
      session.latest = undefined;
    });
  }

  /** Asks the proxy for a tunnel (CONNECT). Any answer but a 2xx ends it there. */
  #throughProxy(proxy: URL): void {
    const { target, ca } = this.#options;
    const authority = `${target.hostname}:${target.port || defaultPort(target)}`;
    const request = (proxy.protocol === 'https:' ? https : http).request({
      ...tlsRules,
      ...addressOf(proxy),
      ...(ca === undefined ? {} : { ca }),
      method: 'CONNECT',
      path: authority,
      headers: { Host: authority, ...proxyAuthorization(proxy) },
      agent: false,
    });
    this.#current = request;
    request.once('connect', (response, socket, head) => {
      const { statusCode = 0 } = response;
      socket.on('error', ignore);
      if (statusCode < 200 || statusCode > 299 || head.length > 0) {
        socket.destroy();
        this.fail('proxyRefused', `the proxy answered CONNECT with ${statusCode}`);
      } else if (this.#settled) socket.destroy();
      else this.#secure(socket as net.Socket);
    });
    request.on('error', (error) => this.fail('proxyRefused', `proxy: ${codeOf(error)}`));
    request.end();
  }

  #watch(socket: net.Socket, reasonOf: () => (code: string) => NeverSentReason): void {
    this.#current = socket;
    // Stays for the socket's life, so that no error of it is ever without a listener.
    socket.on('error', (error) => {
      const code = codeOf(error);
      this.fail(reasonOf()(code), code);
    });
    socket.once('close', () => this.fail(reasonOf()('ECONNRESET'), 'closed while connecting'));
  }
}

/** What a request hands to the pool, beside what Node's client wants of any agent. */
export interface PoolRequestArgs extends http.ClientRequestArgs {
  /** Told how to give up a connection that is opened for this request. */
  readonly onDial?: (giveUp: () => void) => void;
}

/**
 * A pool of connections that gives one out only when it is wholly up. Node's own agents give a
 * socket out while it is still connecting, and what is written to it then is no longer in our hands.
 * Idle connections are dropped after `idleMs` of the system's time, or a second before the server's
 * own `Keep-Alive` hint if that is sooner, so that a push seldom meets a dead one.
 */
export class ConnectionPool extends http.Agent {
  readonly #dial: Omit<DialOptions, 'session'>;
  readonly #session: DialOptions['session'] = { latest: undefined };
  /** Read by Node, which refuses a pool of another scheme than the request's. */
  readonly protocol: string;
  readonly defaultPort: number;

  constructor(options: Omit<DialOptions, 'session'>, idleMs: number) {
    super({ keepAlive: true, timeout: idleMs, scheduling: 'lifo' });
    this.#dial = options;
    this.protocol = options.target.protocol;
    this.defaultPort = defaultPort(options.target);
  }

  /** Called by Node when no idle connection is at hand. Failures are `NoConnection`. */
  override createConnection(
    args: PoolRequestArgs,
    callback?: (error: Error | null, stream: net.Socket) => void,
  ): undefined {
    const options = { ...this.#dial, session: this.#session };
    const dialling = new Dialling(options, (failure, socket) => {
      // Node passes the one or the other on; its type has no place for a missing socket.
      callback?.(failure, socket as net.Socket);
    });
    args.onDial?.(() => dialling.fail('gate', 'given up while connecting'));
    dialling.start();
  }

  /** Opens a connection, lets it go again, and says why if there was none. */
  probe(): Promise<NeverSentReason | null> {
    return new Promise((tell) => {
      const options = { ...this.#dial, session: this.#session };
      new Dialling(options, (failure, socket) => {
        socket?.destroy();
        tell(failure?.reason ?? null);
      }).start();
    });
  }

  /** Closes the connections that carry nothing now. */
  closeIdle(): void {
    for (const sockets of Object.values(this.freeSockets)) {
      for (const socket of sockets ?? []) socket.destroy();
    }
  }
}

function ignore(): void {}

function defaultPort(url: URL): number {
  return url.protocol === 'https:' ? 443 : 80;
}

function addressOf(url: URL) {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: Number(url.port) || defaultPort(url),
    // Said outright, since Node would take it from a `Host` header, which to a proxy is another's.
    // A bare address is no name and is not sent.
    servername: net.isIP(host) === 0 ? host : '',
    noDelay: true,
    // Node's default of 250 ms for each address is short for a shop on a mobile network.
    autoSelectFamilyAttemptTimeout: 1_000,
  };
}

function proxyAuthorization(proxy: URL): Record<string, string> {
  if (proxy.username === '' && proxy.password === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

/** The system's code of an error, and never its message, which may quote what was sent. */
export function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^[A-Z0-9_]{2,64}$/.test(code) ? code : 'unnamed error';
}

function reasonBeforeConnect(code: string): NeverSentReason {
  if (code === 'ECONNREFUSED' || code === 'ECONNRESET') return 'refused';
  if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return 'nameNotFound';
  if (code === 'ETIMEDOUT') return 'connectTimeout';
  return 'unreachable';
}

function reasonInHandshake(): NeverSentReason {
  return 'tlsRefused';
}
