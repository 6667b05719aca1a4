import { TLSSocket } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { AppKey } from '../../main/ovo/app-key.ts';
import { BaseUrlRefused } from '../../main/ovo/endpoint.ts';
import { buildRequest } from '../../main/ovo/messages.ts';
import { ProxyInvalid } from '../../main/ovo/proxy.ts';
import type { ExchangeEnd, ExchangeOptions, OutgoingRequest } from '../../main/ovo/types.ts';
import { answerBytesMax, createWire, type WireOptions } from '../../main/ovo/wire.ts';
import type { BatchNumber, ReferenceNumber } from '../../main/payment/types.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { instant } from '../../shared/time.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import {
  deadPort,
  httpAnswer,
  loopbackCert,
  type RawServer,
  rawServer,
} from '../support/raw-server.ts';

const secret = 'secret-app-key-that-must-not-show';
const appKey = new AppKey(secret);
const body = '{"responseCode":"00"}';

function pushTo(baseUrl: string, reference = 1): OutgoingRequest {
  const identity = {
    appId: 'gerai',
    merchantId: '1',
    storeCode: 'S1',
    tid: '10000042',
    mid: '100000000000042',
  };
  const numbers = {
    batch: 240321 as BatchNumber,
    reference: reference as ReferenceNumber,
    batchText: '240321',
    referenceText: String(reference),
    asNumber: false,
    invoice: `10000042-240321000001-${reference}`,
  };
  return buildRequest(
    'pushToPay',
    { phone: Phone.parse('081234567890'), amount: Rupiah.parse(12_500), numbers, pushedAt: null },
    { identity, baseUrl, signature: 'app-id+random', statusDate: 'original', appKey },
    instant(1_616_580_000_123),
  );
}

interface Exchanging {
  readonly end: Promise<ExchangeEnd>;
  readonly written: ReturnType<typeof vi.fn<() => void>>;
  readonly gate: ReturnType<typeof vi.fn<() => boolean>>;
  readonly abort: () => void;
  readonly request: OutgoingRequest;
}

/** A wire to a base address, on a clock moved by hand, and a way to exchange with it. */
function wireTo(baseUrl: string, more: Partial<WireOptions> = {}) {
  const clock = new ManualClock();
  const wire = createWire({ baseUrl, proxy: 'none', clock, connectMs: 5_000, ...more });
  onTestFinished(() => wire.close());
  let reference = 0;
  const exchange = (options: Partial<ExchangeOptions> = {}): Exchanging => {
    reference += 1;
    const controller = new AbortController();
    onTestFinished(() => controller.abort());
    const gate = vi.fn(options.mayWrite ?? (() => true));
    const written = vi.fn<() => void>(options.onWritten);
    const request = pushTo(baseUrl, reference);
    const end = wire.exchange(request, {
      awaitMs: 65_000,
      awaitFrom: 'written',
      signal: controller.signal,
      ...options,
      mayWrite: gate,
      onWritten: written,
    });
    return { end, written, gate, abort: () => controller.abort(), request };
  };
  return { clock, wire, exchange };
}

const plain = (server: RawServer) => `http://127.0.0.1:${server.port}`;
const secure = (server: RawServer) => `https://localhost:${server.port}`;
const trust = { tls: { ca: loopbackCert } };

/** A server that answers every request in full and keeps the connection. */
const friendly = (more: { secure?: boolean } = {}) =>
  rawServer({ ...more, onRequest: ({ socket }) => socket.write(httpAnswer(body)) });

/** As `friendly`, until the second request on a connection: then `second` decides. */
const friendlyOnce = (second: (socket: RawServer['seen'][number]['socket']) => void) =>
  rawServer({
    onRequest: ({ socket }, count) => {
      if (count === 1) socket.write(httpAnswer(body));
      else second(socket);
    },
  });

async function neverSent({ end, written }: Exchanging): Promise<string> {
  const ended = await end;
  expect(ended.kind).toBe('neverSent');
  expect(written).not.toHaveBeenCalled();
  expect(JSON.stringify(ended)).not.toMatch(/secret|[0-9a-f]{64}/);
  return ended.kind === 'neverSent' ? ended.reason : '';
}

async function noAnswer({ end, written }: Exchanging) {
  const ended = await end;
  expect(written).toHaveBeenCalledOnce();
  if (ended.kind !== 'noAnswer') throw new Error(`ended as ${ended.kind}`);
  expect(JSON.stringify(ended)).not.toMatch(/secret|[0-9a-f]{64}/);
  return ended;
}

async function answered({ end, written }: Exchanging) {
  const ended = await end;
  expect(written).toHaveBeenCalledOnce();
  if (ended.kind !== 'answer') throw new Error(`ended as ${JSON.stringify(ended)}`);
  return ended.answer;
}

/** The request as the record has it, as bytes. */
function recorded({ method, url, headers, body }: OutgoingRequest): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${new URL(url).pathname} HTTP/1.1`, ...lines];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

test('an answer comes as it came: status, headers in their order and case, bytes', async () => {
  const bytes = Buffer.from('{"a":"é\ud83d\udcb8", }');
  const server = await rawServer({
    onRequest: ({ socket }) =>
      socket.write(httpAnswer(`${bytes}`, '402 Odd', ['X-oDD: 1', 'x-b: 2', 'x-B: 3'])),
  });
  const answer = await answered(wireTo(plain(server)).exchange());
  expect(answer).toEqual({
    status: 402,
    headers: [
      ['Content-Type', 'application/json'],
      ['Content-Length', String(bytes.length)],
      ['X-oDD', '1'],
      ['x-b', '2'],
      ['x-B', '3'],
    ],
    body: bytes,
    cutOff: false,
  });
});

test.each([false, true])(
  'L1, rule 25: the bytes on the wire are those of the record, and hold no app key (TLS: %s)',
  async (tls) => {
    const server = await friendly({ secure: tls });
    const { exchange } = wireTo(tls ? secure(server) : plain(server), trust);
    const first = exchange();
    await answered(first);
    const second = exchange();
    await answered(second);
    expect(server.seen).toHaveLength(1);
    const received = `${server.seen[0]?.received}`;
    expect(received).toBe(recorded(first.request) + recorded(second.request));
    expect(received).not.toContain(secret);
  },
);

test('t = 0 is when the request is handed to a connection that is up', async () => {
  const server = await friendly();
  const { exchange } = wireTo(plain(server));
  let bytesAtZero = -1;
  const push = exchange({
    onWritten: () => {
      bytesAtZero = server.seen[0]?.received.length ?? 0;
    },
  });
  await answered(push);
  expect(bytesAtZero).toBe(0);
  expect(push.gate).toHaveBeenCalledOnce();
});

// Never sent (rule 9a)

test('rule 9a: refused', async () => {
  const port = await deadPort();
  expect(await neverSent(wireTo(`http://127.0.0.1:${port}`).exchange())).toBe('refused');
  // Where this name has two addresses, Node tells of it by an error of errors.
  expect(await neverSent(wireTo(`https://localhost:${port}`).exchange())).toBe('refused');
});

test('rule 9a: a name that does not exist', async () => {
  expect(await neverSent(wireTo('https://ovo.gerai.invalid').exchange())).toBe('nameNotFound');
});

test('rule 9a: a certificate that is not trusted', async () => {
  const server = await friendly({ secure: true });
  expect(await neverSent(wireTo(secure(server)).exchange())).toBe('tlsRefused');
  expect(server.seen.every(({ received }) => received.length === 0)).toBe(true);
});

test('rule 9a: a server that does not speak TLS, or hangs up on it', async () => {
  const speaksHttp = await rawServer({
    onConnection: ({ socket }) => socket.write('HTTP/1.1 400 Bad\r\n\r\n'),
  });
  expect(await neverSent(wireTo(secure(speaksHttp), trust).exchange())).toBe('tlsRefused');
  const hangsUp = await rawServer({ onConnection: ({ socket }) => socket.end() });
  expect(await neverSent(wireTo(secure(hangsUp), trust).exchange())).toBe('tlsRefused');
});

test('rule 9a: 5 s of silence while connecting, and not a byte of the request', async () => {
  const server = await rawServer();
  const { clock, exchange } = wireTo(secure(server), trust);
  const push = exchange();
  // The server has the client's hello, and says nothing.
  await server.until(([first]) => (first?.received.length ?? 0) > 0);
  clock.advance(4_999);
  await settle();
  expect(server.seen[0]?.closed).toBe(false);
  clock.advance(1);
  expect(await neverSent(push)).toBe('connectTimeout');
  await server.until(([first]) => first?.closed === true);
  expect(`${server.seen[0]?.received.toString('latin1')}`).not.toContain('POST');
});

test('rule 9a: the time for an answer that counts from the call ends a connection too', async () => {
  const server = await rawServer();
  const { clock, exchange } = wireTo(secure(server), trust);
  const check = exchange({ awaitFrom: 'call', awaitMs: 3_000 });
  await server.until(([first]) => (first?.received.length ?? 0) > 0);
  clock.advance(3_000);
  expect(await neverSent(check)).toBe('connectTimeout');
  await server.until(([first]) => first?.closed === true);
});

test('given up while connecting: never sent, and the connection is dropped', async () => {
  const server = await rawServer();
  const { clock, exchange } = wireTo(secure(server), trust);
  const push = exchange();
  await server.until(([first]) => (first?.received.length ?? 0) > 0);
  push.abort();
  expect(await neverSent(push)).toBe('gate');
  await server.until(([first]) => first?.closed === true);
  expect(clock.waiting).toEqual([]);
});

test('given up before it began: no connection is made', async () => {
  const server = await friendly();
  const { exchange } = wireTo(plain(server));
  const push = exchange({ signal: AbortSignal.abort() });
  expect(await neverSent(push)).toBe('gate');
  await settle();
  expect(server.seen).toHaveLength(0);
});

test.each([false, true])(
  'rules 16, 17: a gate that is shut drops a fresh connection unsent (TLS: %s)',
  async (tls) => {
    const server = await friendly({ secure: tls });
    const { exchange } = wireTo(tls ? secure(server) : plain(server), trust);
    const push = exchange({ mayWrite: () => false });
    expect(await neverSent(push)).toBe('gate');
    expect(push.gate).toHaveBeenCalledOnce();
    await server.until(() => server.transports[0]?.closed === true);
    expect(server.transports).toHaveLength(1);
    expect(server.seen.every(({ received }) => received.length === 0)).toBe(true);
  },
);

test.each([false, true])(
  'rules 16, 17: a gate that is shut drops a reused connection unsent (TLS: %s)',
  async (tls) => {
    const server = await friendly({ secure: tls });
    const { exchange } = wireTo(tls ? secure(server) : plain(server), trust);
    const first = exchange();
    await answered(first);
    const push = exchange({ mayWrite: () => false });
    expect(await neverSent(push)).toBe('gate');
    await server.until(([connection]) => connection?.closed === true);
    expect(server.seen.map(({ received }) => `${received}`)).toEqual([recorded(first.request)]);
  },
);

test('a fault of the till at the gate writes nothing, and ends in doubt once t = 0 was told', async () => {
  const server = await friendly();
  const { exchange } = wireTo(plain(server));
  const fault = () => {
    throw new TypeError('secret');
  };
  expect(await neverSent(exchange({ mayWrite: fault }))).toBe('gate');
  const ended = await noAnswer(exchange({ onWritten: fault }));
  expect(ended.detail).toBe('the till failed before the write: TypeError');
  await server.until((seen) => seen.length === 2 && seen.every(({ closed }) => closed));
  expect(server.seen.map(({ received }) => received.length)).toEqual([0, 0]);
});

test('a request made for another address is not sent', async () => {
  const server = await friendly();
  const { wire } = wireTo(plain(server));
  const end = await wire.exchange(pushTo('https://apigw.ovo.id'), {
    mayWrite: () => true,
    onWritten: () => undefined,
    awaitMs: 1_000,
    awaitFrom: 'call',
    signal: new AbortController().signal,
  });
  expect(end).toMatchObject({ kind: 'neverSent', reason: 'gate' });
  expect(server.seen).toHaveLength(0);
});

// May have left: in doubt

test.each([
  ['hangs up', (socket: RawServer['seen'][number]['socket']) => socket.end()],
  ['resets', (socket: RawServer['seen'][number]['socket']) => socket.resetAndDestroy()],
])('rule 9a: a reused connection that %s is in doubt, never "never sent"', async (_how, second) => {
  const server = await friendlyOnce(second);
  const { exchange } = wireTo(plain(server));
  await answered(exchange());
  const push = exchange();
  expect(await noAnswer(push)).toMatchObject({ reason: 'connectionLost', partial: null });
  expect(server.seen).toHaveLength(1);
  expect(`${server.seen[0]?.received}`).toContain(`${push.request.body}`);
});

test('a reused connection that died unnoticed is in doubt', async () => {
  const server = await friendly();
  const { exchange } = wireTo(plain(server));
  await answered(exchange());
  // The reset is under way, and the client cannot know of it yet.
  server.seen[0]?.socket.resetAndDestroy();
  expect(await noAnswer(exchange())).toMatchObject({ reason: 'connectionLost' });
});

test('a server that accepts and says nothing: 65 s from the write', async () => {
  const server = await rawServer();
  const { clock, exchange } = wireTo(plain(server));
  const push = exchange();
  await server.until(([first]) => `${first?.received}`.endsWith(`${push.request.body}`));
  clock.advance(64_999);
  await settle();
  expect(server.seen[0]?.closed).toBe(false);
  clock.advance(1);
  expect(await noAnswer(push)).toMatchObject({ reason: 'timeout', partial: null });
  await server.until(([first]) => first?.closed === true);
});

test('a server that closes, or resets, after the last byte of the request', async () => {
  const closes = await rawServer({ onRequest: ({ socket }) => socket.end() });
  expect(await noAnswer(wireTo(plain(closes)).exchange())).toMatchObject({
    reason: 'connectionLost',
  });
  const resets = await rawServer({ onRequest: ({ socket }) => socket.resetAndDestroy() });
  expect(await noAnswer(wireTo(plain(resets)).exchange())).toMatchObject({
    reason: 'connectionLost',
  });
});

test('a server that closes after the last byte of its answer has answered', async () => {
  const server = await rawServer({ onRequest: ({ socket }) => socket.end(httpAnswer(body)) });
  const { exchange } = wireTo(plain(server));
  expect(`${(await answered(exchange())).body}`).toBe(body);
  await server.until(([first]) => first?.closed === true);
  // And the next request takes a new connection.
  expect((await answered(exchange())).status).toBe(200);
  expect(server.seen).toHaveLength(2);
});

test('an answer that breaks off is kept as far as it came', async () => {
  const server = await rawServer({
    onRequest: ({ socket }) => socket.end(httpAnswer(body).subarray(0, -5)),
  });
  const { partial, reason } = await noAnswer(wireTo(plain(server)).exchange());
  expect(reason).toBe('connectionLost');
  expect(partial).toMatchObject({ status: 200, cutOff: false });
  expect(`${partial?.body}`).toBe(body.slice(0, -5));
});

test('a slow drip past the end is a timeout, with what had come', async () => {
  const server = await rawServer({
    onRequest: ({ socket }) => socket.write(httpAnswer(body).subarray(0, -15)),
  });
  const { clock, exchange } = wireTo(plain(server));
  const push = exchange();
  await server.until(([first]) => `${first?.received}`.endsWith(`${push.request.body}`));
  const drip = server.seen[0]?.socket;
  for (let second = 1; second <= 64; second += 1) {
    if (second % 16 === 0) await new Promise((sent) => drip?.write(body.slice(-15, -14), sent));
    clock.advance(1_000);
    await settle();
  }
  clock.advance(1_000);
  const { reason, partial } = await noAnswer(push);
  expect(reason).toBe('timeout');
  expect(`${partial?.body}`).toContain(body.slice(0, -15));
  await server.until(([first]) => first?.closed === true);
});

test('given up after the write: in doubt, and the connection is closed', async () => {
  const server = await rawServer();
  const { clock, exchange } = wireTo(plain(server));
  const push = exchange();
  await server.until(([first]) => (first?.received.length ?? 0) > 0);
  push.abort();
  expect(await noAnswer(push)).toMatchObject({ reason: 'givenUp' });
  await server.until(([first]) => first?.closed === true);
  expect(clock.waiting).toEqual([]);
});

test.each([
  ['not HTTP at all', 'hello, who is there?\r\n\r\n', 'connectionLost'],
  ['an endless head', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`, 'answerTooLong'],
])('what is %s is kept, and no answer', async (_what, bytes, reason) => {
  const server = await rawServer({ onRequest: ({ socket }) => socket.write(bytes) });
  const ended = await noAnswer(wireTo(plain(server)).exchange());
  expect(ended.reason).toBe(reason);
  expect(ended.partial?.status).toBe(0);
  expect(bytes.startsWith(`${ended.partial?.body}`.slice(0, 10))).toBe(true);
});

// Answers as they may come

test('10 MB are cut off at 64 KiB, and the connection is closed', async () => {
  const server = await rawServer({
    onRequest: ({ socket }) => socket.write(httpAnswer('x'.repeat(10_000_000))),
  });
  const answer = await answered(wireTo(plain(server)).exchange());
  expect([answer.cutOff, answer.body.length]).toEqual([true, answerBytesMax]);
  await server.until(([first]) => first?.closed === true);
});

test.each([
  [answerBytesMax, false],
  [answerBytesMax + 1, true],
])('a body of %i bytes is cut off: %s', async (length, cutOff) => {
  const server = await rawServer({
    onRequest: ({ socket }) => socket.write(httpAnswer('x'.repeat(length))),
  });
  const answer = await answered(wireTo(plain(server)).exchange());
  expect([answer.cutOff, answer.body.length]).toEqual([cutOff, answerBytesMax]);
});

test('a redirect is an answer and is not followed', async () => {
  const elsewhere = await friendly();
  const server = await rawServer({
    onRequest: ({ socket }) =>
      socket.write(httpAnswer('', '302 Found', [`Location: ${plain(elsewhere)}/pos`])),
  });
  expect((await answered(wireTo(plain(server)).exchange())).status).toBe(302);
  expect(elsewhere.seen).toHaveLength(0);
});

test('a packed body is handed on as it came', async () => {
  const server = await rawServer({
    onRequest: ({ socket }) =>
      socket.write(httpAnswer('not gzip', '200 OK', ['Content-Encoding: gzip'])),
  });
  expect(`${(await answered(wireTo(plain(server)).exchange())).body}`).toBe('not gzip');
});

test('many at once, each with its own answer', async () => {
  const server = await rawServer({
    onRequest: ({ socket }, _count, request) => {
      const reference = /"referenceNumber":"(\d+)"/.exec(`${request}`)?.[1] ?? '';
      socket.write(httpAnswer(reference));
    },
  });
  const { exchange } = wireTo(plain(server));
  const all = Array.from({ length: 100 }, () => exchange());
  const bodies = await Promise.all(all.map(async (one) => `${(await answered(one)).body}`));
  expect(bodies).toEqual(all.map((_one, place) => String(place + 1)));
});

// Connections kept

test('an idle connection is dropped, and a slow answer is not taken for idleness', async () => {
  const answers: (() => void)[] = [];
  const server = await rawServer({
    onRequest: ({ socket }) => answers.push(() => socket.write(httpAnswer(body))),
  });
  const { exchange } = wireTo(plain(server), { idleMs: 20 });
  const push = exchange();
  await server.until(() => answers.length === 1);
  // Longer than the connection may idle, in the system's time, which sockets live by.
  await new Promise((later) => setTimeout(later, 60));
  answers[0]?.();
  await answered(push);
  await server.until(([first]) => first?.closed === true);
});

test("the server's own hint shortens the time: after `timeout=1` nothing is reused", async () => {
  const server = await rawServer({
    onRequest: ({ socket }) => socket.write(httpAnswer(body, '200 OK', ['Keep-Alive: timeout=1'])),
  });
  const { exchange } = wireTo(plain(server));
  await answered(exchange());
  await answered(exchange());
  expect(server.seen).toHaveLength(2);
});

test('close drops what is idle and leaves what is under way', async () => {
  const server = await rawServer({
    onRequest: ({ socket }, _count, request) => {
      if (`${request}`.includes('"referenceNumber":"1"')) socket.write(httpAnswer(body));
    },
  });
  const { wire, exchange } = wireTo(plain(server));
  await answered(exchange());
  wire.close();
  await server.until(([first]) => first?.closed === true);
  const push = exchange();
  await server.until((seen) => (seen[1]?.received.length ?? 0) > 0);
  wire.close();
  await settle();
  server.seen[1]?.socket.write(httpAnswer(body));
  expect((await answered(push)).status).toBe(200);
});

test('a new connection resumes the TLS session of the last', async () => {
  const server = await friendly({ secure: true });
  const { wire, exchange } = wireTo(secure(server), trust);
  await answered(exchange());
  wire.close();
  await answered(exchange());
  const last = server.seen[1]?.socket;
  expect(last instanceof TLSSocket && last.isSessionReused()).toBe(true);
});

// Configuration

test('http: to another machine, and a proxy that cannot be used, are refused at once', () => {
  expect(() => wireTo('http://apigw.ovo.id')).toThrow(BaseUrlRefused);
  expect(() => wireTo('https://apigw.ovo.id', { proxy: 'socks5://a:1' })).toThrow(ProxyInvalid);
});
