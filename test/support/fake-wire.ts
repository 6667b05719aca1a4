import type {
  ExchangeEnd,
  ExchangeOptions,
  IncomingAnswer,
  OutgoingRequest,
  OvoOperation,
  OvoWire,
} from '../../main/ovo/types.ts';
import type { NeverSentReason, NoAnswerReason } from '../../main/payment/types.ts';
import type { Clock } from '../../main/platform/clock.ts';
import { type Mono, mono } from '../../shared/time.ts';
import { type AnswerChanges, believableAnswer } from './ovo-answers.ts';

/**
 * A wire without sockets. It keeps the promises of the real one (never throws; asks `mayWrite` once,
 * just before the write; gives up in time; tells never sent from no answer), and leaves it to the
 * test what OVO does with each request.
 */
export class FakeWire implements OvoWire {
  /** Every exchange so far, oldest first. */
  readonly exchanges: FakeExchange[] = [];
  /** How many times the wire was asked to close its idle connections. */
  closed = 0;
  /**
   * What happens when a request comes: by default it is written at once and then waits for the
   * test. A test that wants a slow connection, or none, sets another.
   */
  onRequest: (exchange: FakeExchange) => void = (exchange) => exchange.write();
  readonly #clock: Clock;

  /** @param clock what `awaitMs` is counted on. */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  exchange(request: OutgoingRequest, options: ExchangeOptions): Promise<ExchangeEnd> {
    const exchange = new FakeExchange(request, options, this.#clock);
    this.exchanges.push(exchange);
    // Not within the call: a real connection is never up that soon.
    queueMicrotask(() => {
      if (exchange.end === null) this.onRequest(exchange);
    });
    return exchange.ended;
  }

  /** What the next probes find: a connection, unless a test says otherwise. */
  probed: NeverSentReason | null = null;
  probes = 0;

  probe(): Promise<NeverSentReason | null> {
    this.probes += 1;
    return Promise.resolve(this.probed);
  }

  close(): void {
    this.closed += 1;
  }

  /** Exchanges that have not ended. */
  get open(): readonly FakeExchange[] {
    return this.exchanges.filter(({ end }) => end === null);
  }

  /** The exchanges of one operation, oldest first. */
  of(operation: OvoOperation): readonly FakeExchange[] {
    return this.exchanges.filter(({ request }) => request.operation === operation);
  }

  /** The newest exchange of an operation. @throws Error if there is none. */
  last(operation: OvoOperation): FakeExchange {
    const last = this.of(operation).at(-1);
    if (last === undefined) throw new Error(`no ${operation} was sent`);
    return last;
  }

  /** The operations in the order in which they were asked for: what a test usually wants to see. */
  get operations(): readonly OvoOperation[] {
    return this.exchanges.map(({ request }) => request.operation);
  }
}

/** One request, and the test's hand on what becomes of it. Ending it twice is a fault of the test. */
export class FakeExchange {
  readonly request: OutgoingRequest;
  readonly options: ExchangeOptions;
  /** When it was asked for. */
  readonly calledAt: Mono;
  /** When it was written, or null. */
  writtenAt: Mono | null = null;
  end: ExchangeEnd | null = null;
  readonly ended: Promise<ExchangeEnd>;
  readonly #clock: Clock;
  #resolve: (end: ExchangeEnd) => void = () => undefined;
  #callOff: () => void = () => undefined;

  constructor(request: OutgoingRequest, options: ExchangeOptions, clock: Clock) {
    this.request = request;
    this.options = options;
    this.#clock = clock;
    this.calledAt = clock.mono();
    this.ended = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    options.signal.addEventListener('abort', this.#givenUp);
    if (options.awaitFrom === 'call') this.#await();
    if (options.signal.aborted) this.#givenUp();
  }

  /** The request's body as JSON. */
  get body(): unknown {
    return JSON.parse(this.request.body.toString('utf8'));
  }

  /** The connection is up: the request is written, unless it is too late for it. */
  write(): void {
    if (!this.options.mayWrite()) {
      this.neverSent('gate');
      return;
    }
    this.writtenAt = this.#clock.mono();
    if (this.options.awaitFrom === 'written') this.#await();
    this.options.onWritten();
  }

  /** OVO answers believably with this code; `changes` makes it less so. */
  answer(code: string, changes: AnswerChanges = {}): void {
    this.receive(believableAnswer(this.request, code, this.#clock.wall(), changes));
  }

  /** Exactly this is received. */
  receive(answer: IncomingAnswer): void {
    if (this.writtenAt === null) throw new Error('an answer to a request that was never written');
    this.#finish({ kind: 'answer', answer });
  }

  /** No connection came about. */
  neverSent(reason: NeverSentReason): void {
    if (this.writtenAt !== null) throw new Error('it has been written');
    this.#finish({ kind: 'neverSent', reason, detail: 'by the test' });
  }

  /** The connection ends without a whole answer. */
  lose(reason: NoAnswerReason = 'connectionLost', partial: IncomingAnswer | null = null): void {
    if (this.writtenAt === null) throw new Error('it has not been written');
    this.#finish({ kind: 'noAnswer', reason, detail: 'by the test', partial });
  }

  #await(): void {
    const at = mono(this.#clock.mono() + this.options.awaitMs);
    this.#callOff = this.#clock.at(at, () => this.#stop('connectTimeout', 'timeout'));
  }

  readonly #givenUp = (): void => {
    if (this.end === null) this.#stop('gate', 'givenUp');
  };

  /** Ends it from the till's side: what that means depends on whether a byte may have left. */
  #stop(unsent: NeverSentReason, unanswered: NoAnswerReason): void {
    if (this.writtenAt === null) this.neverSent(unsent);
    else this.lose(unanswered);
  }

  #finish(end: ExchangeEnd): void {
    if (this.end !== null) throw new Error(`${this.request.operation} has ended already`);
    this.end = end;
    this.#callOff();
    this.options.signal.removeEventListener('abort', this.#givenUp);
    this.#resolve(end);
  }
}
