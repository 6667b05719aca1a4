import http from 'node:http';
import axios, { type AxiosInstance, type AxiosRequestConfig } from 'axios';
import { mono } from '../../shared/time.ts';
import type { NeverSentReason, NoAnswerReason } from '../payment/types.ts';
import type { Clock } from '../platform/clock.ts';
import { ConnectionPool, codeOf, NoConnection } from './connection.ts';
import { endpoint } from './endpoint.ts';
import { type ProxySetting, proxyFor, proxyUrl, type SystemProxy } from './proxy.ts';
import type {
  ExchangeEnd,
  ExchangeOptions,
  IncomingAnswer,
  OutgoingRequest,
  OvoWire,
} from './types.ts';

/** What is kept of an answer's body; the connection of a longer one is closed. */
export const answerBytesMax = 64 * 1024;

/** How long a connection is kept for the next request. */
const idleMsDefault = 4_000;

export interface WireOptions {
  readonly baseUrl: string;
  readonly proxy: ProxySetting;
  readonly clock: Clock;
  /** Name, connection and TLS together (rule 9a), in milliseconds of `clock`. */
  readonly connectMs: number;
  /** The system's proxy setting; environment variables if it is not given. */
  readonly systemProxy?: SystemProxy;
  /** The only authority to trust instead of the known ones, for tests. */
  readonly tls?: { readonly ca: string };
  /** For tests; see `ConnectionPool`. */
  readonly idleMs?: number;
}

/**
 * The wire to OVO: axios over connections of our own, kept alive between requests. Redirects are
 * not followed, statuses are not judged, bodies are not unpacked: what comes is handed on as it came.
 *
 * Whether a request may have left is told by what the socket did (rule 9a): the bytes are handed to
 * a connection that is wholly up, in one place, after `mayWrite` has been asked there. Everything
 * before that place is *never sent*; everything after it, a reused connection that turns out dead
 * included, is *no answer*.
 *
 * @throws BaseUrlRefused, ProxyInvalid for a profile that cannot work.
 */
export function createWire(options: WireOptions): OvoWire {
  const target = endpoint(options.baseUrl);
  const { clock, proxy, systemProxy } = options;
  // A proxy that is written down wrongly is told at once, not at the first payment.
  if (proxy !== 'system' && proxy !== 'none') proxyUrl(proxy);
  const pool = new ConnectionPool(
    {
      target,
      proxy: () => proxyFor(target.href, proxy, systemProxy),
      clock,
      connectMs: options.connectMs,
      ca: options.tls?.ca,
    },
    options.idleMs ?? idleMsDefault,
  );
  const client = axios.create({
    adapter: 'http',
    httpAgent: pool,
    httpsAgent: pool,
    // Proxies are the pool's business; axios would ask the environment on its own.
    proxy: false,
    maxRedirects: 0,
    decompress: false,
    responseType: 'stream',
    validateStatus: null,
    transformRequest: (data: unknown) => data,
    transformResponse: (data: unknown) => data,
  });
  return {
    exchange: (request, exchangeOptions) =>
      new Promise((resolve) => {
        const exchange = new Exchange(request, exchangeOptions, clock, resolve);
        if (request.url === target.href) exchange.start(client);
        else exchange.refuse('the request was made for another address');
      }),
    probe: () => pool.probe(),
    close: () => pool.closeIdle(),
  };
}

/** One request and what became of it. */
class Exchange {
  readonly #request: OutgoingRequest;
  readonly #options: ExchangeOptions;
  readonly #clock: Clock;
  readonly #resolve: (end: ExchangeEnd) => void;
  #ended = false;
  /** True from the moment that a byte may have left. */
  #handedOver = false;
  #client: http.ClientRequest | null = null;
  #giveUpDial: (() => void) | null = null;
  #callOff: (() => void) | null = null;
  #response: http.IncomingMessage | null = null;
  #chunks: Buffer[] = [];
  #size = 0;

  constructor(
    request: OutgoingRequest,
    options: ExchangeOptions,
    clock: Clock,
    resolve: (end: ExchangeEnd) => void,
  ) {
    this.#request = request;
    this.#options = options;
    this.#clock = clock;
    this.#resolve = resolve;
  }

  start(client: AxiosInstance): void {
    const { signal, awaitFrom } = this.#options;
    if (signal.aborted) {
      this.#givenUp();
      return;
    }
    signal.addEventListener('abort', this.#givenUp);
    if (awaitFrom === 'call') this.#awaitAnswer();
    const config: AxiosRequestConfig<Buffer> = {
      method: this.#request.method,
      url: this.#request.url,
      data: this.#request.body,
      transport: { request: this.#open },
    };
    // How it went is told by the request and its socket. An axios error holds the whole request,
    // and is dropped unread.
    client.request(config).then(ignore, () => this.refuse('the request could not be made'));
  }

  /** Ends it before anything was handed to a socket; afterwards it does nothing. */
  refuse(detail: string): void {
    this.#fail('gate', 'connectionLost', detail);
  }

  /**
   * What axios calls in place of Node's `http.request`. The recorded headers go out as they are, in
   * their order; those of axios do not.
   */
  readonly #open = (
    options: http.RequestOptions,
    onResponse: (response: http.IncomingMessage) => void,
  ): http.ClientRequest => {
    if (this.#ended) throw new Error('given up');
    const args: http.RequestOptions & { onDial: (giveUp: () => void) => void } = Object.assign(
      options,
      {
        headers: this.#request.headers.flat(),
        onDial: (giveUp: () => void) => {
          this.#giveUpDial = giveUp;
        },
      },
    );
    // For `https:` too: the TLS is in the connections that the pool gives out.
    const client = http.request(args, (response) => {
      this.#listen(response);
      onResponse(response);
    });
    this.#client = client;
    client.once('socket', this.#handOver);
    client.on('error', this.#broken);
    client.once('close', () => this.#lost('closed'));
    return client;
  };

  /**
   * The one place where a request meets its connection, fresh or reused. Node writes the bytes right
   * after this event, and writes nothing to a socket that has been destroyed in it.
   */
  readonly #handOver = (): void => {
    this.#giveUpDial = null;
    if (this.#ended) {
      this.#client?.destroy();
      return;
    }
    try {
      if (!this.#options.mayWrite()) {
        this.refuse('too late to send');
        return;
      }
      this.#handedOver = true;
      if (this.#options.awaitFrom === 'written') this.#awaitAnswer();
      this.#options.onWritten();
    } catch (error) {
      // A fault of the till's own. Nothing is written now, and the exchange must end all the same.
      this.#lost(`the till failed before the write: ${error instanceof Error ? error.name : '?'}`);
    }
  };

  #awaitAnswer(): void {
    const { awaitMs } = this.#options;
    this.#callOff = this.#clock.at(mono(this.#clock.mono() + awaitMs), () =>
      this.#fail('connectTimeout', 'timeout', `no answer within ${awaitMs} ms`),
    );
  }

  #listen(response: http.IncomingMessage): void {
    this.#response = response;
    response.on('data', this.#keep);
    response.on('error', ignore);
    response.once('end', () => {
      if (response.complete) this.#end({ kind: 'answer', answer: this.#answer(response, false) });
    });
    response.once('close', () => this.#lost('closed before the whole answer had come'));
  }

  readonly #keep = (chunk: Buffer): void => {
    const room = answerBytesMax - this.#size;
    if (this.#ended || this.#response === null) return;
    this.#chunks.push(chunk.length > room ? chunk.subarray(0, room) : chunk);
    this.#size += Math.min(chunk.length, room);
    if (chunk.length <= room) return;
    this.#end({ kind: 'answer', answer: this.#answer(this.#response, true) });
    this.#client?.destroy();
  };

  #answer(response: http.IncomingMessage, cutOff: boolean): IncomingAnswer {
    const [first] = this.#chunks;
    return {
      status: response.statusCode ?? 0,
      headers: pairs(response.rawHeaders),
      body: this.#chunks.length === 1 && first !== undefined ? first : Buffer.concat(this.#chunks),
      cutOff,
    };
  }

  readonly #broken = (error: Error): void => {
    if (error instanceof NoConnection) {
      this.#fail(error.reason, 'connectionLost', error.message);
      return;
    }
    const code = codeOf(error);
    const reason = code === 'HPE_HEADER_OVERFLOW' ? 'answerTooLong' : 'connectionLost';
    this.#fail('gate', reason, code, notHttp(error));
  };

  #lost(detail: string): void {
    this.#fail('gate', 'connectionLost', detail);
  }

  readonly #givenUp = (): void => {
    this.#fail('gate', 'givenUp', 'given up by the till');
  };

  /** Ends it without an answer: as never sent or as in doubt, by what the socket has done so far. */
  #fail(
    neverSent: NeverSentReason,
    noAnswer: NoAnswerReason,
    detail: string,
    instead: IncomingAnswer | null = null,
  ): void {
    if (this.#ended) return;
    if (this.#handedOver) {
      const partial = this.#response === null ? instead : this.#answer(this.#response, false);
      this.#end({ kind: 'noAnswer', reason: noAnswer, detail, partial });
    } else {
      this.#end({ kind: 'neverSent', reason: neverSent, detail });
    }
    this.#giveUpDial?.();
    this.#client?.destroy();
  }

  #end(end: ExchangeEnd): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#callOff?.();
    this.#options.signal.removeEventListener('abort', this.#givenUp);
    this.#resolve(end);
  }
}

function ignore(): void {}

/**
 * What came in place of an HTTP answer, for the record (rule 25): its bytes, under a status that no
 * answer has. Null if nothing came.
 */
function notHttp(error: Error): IncomingAnswer | null {
  if (!('rawPacket' in error) || !Buffer.isBuffer(error.rawPacket)) return null;
  const { rawPacket } = error;
  const cutOff = rawPacket.length > answerBytesMax;
  return { status: 0, headers: [], body: rawPacket.subarray(0, answerBytesMax), cutOff };
}

/** Node's flat list of names and values as pairs, as they came. */
function pairs(raw: readonly string[]): [name: string, value: string][] {
  const result: [string, string][] = [];
  for (let place = 0; place + 1 < raw.length; place += 2) {
    result.push([raw[place] ?? '', raw[place + 1] ?? '']);
  }
  return result;
}
