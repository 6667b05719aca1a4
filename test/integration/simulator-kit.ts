import { createHmac } from 'node:crypto';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../../main/platform/clock.ts';
import { trainingAppKey, trainingAppKeys, trainingIdentity } from '../../main/training/identity.ts';
import { type Simulator, startSimulator } from '../../main/training/simulator.ts';
import { type Instant, instant, jakartaStamp, type Mono, mono } from '../../shared/time.ts';

/** A clock that stands until a test moves it. */
export class HandClock implements Clock {
  readonly lateMs = 5_000;
  #mono = 0;
  #wall: number;
  #timers: { at: number; call: () => void }[] = [];

  constructor(wall: string) {
    this.#wall = Date.parse(`${wall.replace(' ', 'T')}+07:00`);
  }

  mono(): Mono {
    return mono(this.#mono);
  }

  wall(): Instant {
    return instant(this.#wall);
  }

  at(at: Mono, call: () => void): () => void {
    const timer = { at, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((one) => one !== timer);
    };
  }

  /** Lets `ms` pass; timers fire in the order of their times. */
  advance(ms: number): void {
    const end = this.#mono + ms;
    for (;;) {
      const [next] = this.#timers.filter((one) => one.at <= end).sort((a, b) => a.at - b.at);
      if (!next) break;
      this.#timers = this.#timers.filter((one) => one !== next);
      this.#pass(Math.max(0, next.at - this.#mono));
      next.call();
    }
    this.#pass(end - this.#mono);
  }

  /** Moves the wall clock alone, as a person or a time server would. */
  stepWall(ms: number): void {
    this.#wall += ms;
  }

  #pass(ms: number): void {
    this.#mono += ms;
    this.#wall += ms;
  }
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A request under way. */
export interface Call {
  /** Resolves with the answer, or with the error as its word. */
  readonly end: Promise<HttpAnswer | string>;
  /** What has come so far: null while nothing has. */
  ended(): HttpAnswer | string | null;
  /** Bytes of the body that have come so far. */
  bytes(): number;
  abort(): void;
}

export function call(
  url: string,
  options: { method?: string; headers?: Record<string, string>; body?: string },
): Call {
  let ended: HttpAnswer | string | null = null;
  let bytes = 0;
  const request = httpRequest(url, {
    method: options.method ?? 'GET',
    headers: options.headers ?? {},
    agent: false,
  });
  const end = new Promise<HttpAnswer | string>((resolve) => {
    const finish = (result: HttpAnswer | string) => {
      ended ??= result;
      resolve(ended);
    };
    request.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    request.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => {
        parts.push(part);
        bytes += part.length;
      });
      response.on('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
      response.on('end', () =>
        finish({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts),
        }),
      );
    });
  });
  request.end(options.body);
  return { end, ended: () => ended, bytes: () => bytes, abort: () => request.destroy() };
}

/** The particulars of one payment, as a till would keep them. */
export interface Payment {
  readonly phone: string;
  readonly amount: number;
  readonly batchNo: string | number;
  readonly referenceNumber: string | number;
  readonly merchantInvoice: string;
  readonly date: string;
}

type Fields = Record<string, unknown>;
const rows = {
  push: ['0200', '040000'],
  reversal: ['0400', '040000'],
  void: ['0200', '020040'],
  check: ['0100', '040000'],
  voidCheck: ['0100', '020040'],
  phoneCheck: ['0100', '050000'],
} as const;

/** A terminal that speaks the protocol, written for these tests apart from the till's own client. */
export class TestTerminal<
  S extends Pick<Simulator, 'baseUrl' | 'books'> = Pick<Simulator, 'baseUrl' | 'books'>,
> {
  readonly simulator: S;
  readonly clock: HandClock;
  #reference = 0;

  constructor(simulator: S, clock: HandClock, reference = 0) {
    this.simulator = simulator;
    this.clock = clock;
    this.#reference = reference;
  }

  /** A payment with the next number; nothing is sent yet. */
  payment(phone: string, amount = 12_500): Payment {
    this.#reference += 1;
    return {
      phone,
      amount,
      batchNo: '240321',
      referenceNumber: String(this.#reference),
      merchantInvoice: `TRAIN001-${this.#reference}-${Math.abs(this.clock.wall()).toString(36).toUpperCase()}`,
      date: jakartaStamp(this.clock.wall()),
    };
  }

  body(kind: keyof typeof rows, payment: Payment): Fields {
    const [type, processingCode] = rows[kind];
    const asksOfThePast = kind === 'check' || kind === 'voidCheck' || kind === 'push';
    const { tid, mid, merchantId, storeCode } = trainingIdentity;
    const common = {
      type,
      processingCode,
      date: asksOfThePast ? payment.date : jakartaStamp(this.clock.wall()),
      tid,
      mid,
      merchantId,
      storeCode,
      appSource: 'POS',
    };
    const { phone, batchNo, merchantInvoice, amount, referenceNumber } = payment;
    if (kind === 'phoneCheck') return { ...common, transactionRequestData: { phone } };
    const transactionRequestData = { batchNo, merchantInvoice, phone };
    return { ...common, amount, referenceNumber, transactionRequestData };
  }

  headers(body: string, withBody = false): Record<string, string> {
    const random = String(Math.floor(this.clock.wall() / 1_000));
    const covered = trainingIdentity.appId + random + (withBody ? body : '');
    return {
      'content-type': 'application/json',
      'app-id': trainingIdentity.appId,
      random,
      hmac: createHmac('sha256', trainingAppKey).update(covered).digest('hex'),
    };
  }

  post(body: string, headers = this.headers(body)): Call {
    return call(`${this.simulator.baseUrl}/pos`, { method: 'POST', headers, body });
  }

  send(kind: keyof typeof rows, payment: Payment): Call {
    return this.post(JSON.stringify(this.body(kind, payment)));
  }

  /** Sends and returns the answer's fields, for an answer that comes at once. */
  async ask(kind: keyof typeof rows, payment: Payment): Promise<Fields> {
    return fieldsOf(await this.send(kind, payment).end);
  }

  /** Sends a push and waits until OVO has it in its books. */
  async push(payment: Payment): Promise<Call> {
    const sent = this.send('push', payment);
    await until(() =>
      this.simulator
        .books()
        .payments()
        .some((one) => one.invoice === payment.merchantInvoice),
    );
    return sent;
  }

  inBooks(payment: Payment) {
    return this.simulator
      .books()
      .payments()
      .find((one) => one.invoice === payment.merchantInvoice);
  }
}

/** Reads an answer as a JSON object. */
export function fieldsOf(answer: HttpAnswer | string): Fields {
  if (typeof answer === 'string') throw new Error(`no answer: ${answer}`);
  const fields: unknown = JSON.parse(answer.body.toString('utf8'));
  if (typeof fields !== 'object' || fields === null) throw new Error('not an object');
  return { ...fields };
}

/** Lets sockets do their work until something has become true. */
export async function until(true_: () => boolean): Promise<void> {
  for (let turn = 0; turn < 100_000; turn++) {
    if (true_()) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error('it never became true');
}

/** Long enough for an answer on loopback to have come, if there were one. */
export async function aWhile(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
}

export async function startForTest(
  clock: HandClock,
  directory: string | null = null,
): Promise<TestTerminal<Simulator>> {
  const simulator = await startSimulator({
    clock,
    directory,
    appKeys: trainingAppKeys,
    identity: trainingIdentity,
  });
  return new TestTerminal(simulator, clock);
}
