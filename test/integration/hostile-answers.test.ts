import { describe, expect, test, vi } from 'vitest';
import { answerBytesMax } from '../../main/ovo/wire.ts';
import type { PaymentId } from '../../main/payment/types.ts';
import type { StoredExchange } from '../../main/store/types.ts';
import { httpAnswer, type RawServer, rawServer, type Seen } from '../support/raw-server.ts';
import { TillKit } from '../support/till-kit.ts';

// The shipped machine, driver, store and wire against a server that answers as no server should.
// Time is moved by hand; only the sockets are real.

/** A body of OVO's that would be believed if nothing in it were changed. */
type Body = Record<string, unknown> & { readonly transactionRequestData: object };

interface Hostile {
  readonly what: string;
  /** What the server writes to the push's socket; the connection is closed after it where it says so. */
  readonly bytes: (approved: Body) => Buffer;
  readonly closes?: boolean;
  /** The bytes of the body that the till must have on record, out of those that were written. */
  readonly kept?: (written: Buffer) => Buffer;
}

const json = (body: unknown): Buffer => httpAnswer(JSON.stringify(body));
const changed = (what: string, change: (approved: Body) => object): Hostile => ({
  what,
  bytes: (approved) => json({ ...approved, ...change(approved) }),
});
const raw = (body: Buffer): Buffer => {
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
};
/** Behind the head. */
const bodyOf = (written: Buffer): Buffer => written.subarray(written.indexOf('\r\n\r\n') + 4);
const whole = (written: Buffer): Buffer => written;
const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);

const hostile: readonly Hostile[] = [
  { what: 'an empty body', bytes: () => httpAnswer('') },
  { what: 'HTML', bytes: () => httpAnswer('<!doctype html><title>00 approved</title>') },
  {
    what: 'HTML from a gateway',
    bytes: () => httpAnswer('<h1>Bad Gateway</h1>', '502 Bad Gateway'),
  },
  {
    what: 'JSON that breaks off',
    bytes: (approved) => httpAnswer(JSON.stringify(approved).slice(0, -40)),
  },
  {
    what: 'JSON of which the line swallows the end',
    bytes: (approved) => json(approved).subarray(0, -40),
    closes: true,
  },
  { what: 'JSON twice', bytes: (approved) => httpAnswer(JSON.stringify(approved).repeat(2)) },
  { what: 'JSON that is a number', bytes: () => json(0) },
  { what: 'JSON that is null', bytes: () => json(null) },
  { what: 'JSON that is a list of one answer', bytes: (approved) => json([approved]) },
  {
    what: 'ten megabytes',
    bytes: (approved) => json({ ...approved, padding: 'x'.repeat(10 * 1024 * 1024) }),
    kept: (written) => bodyOf(written).subarray(0, answerBytesMax),
  },
  changed('the type of a status answer', () => ({ type: '0110' })),
  changed('no type', () => ({ type: undefined })),
  changed('the processing code of a void', () => ({ processingCode: '020040' })),
  changed('another reference', () => ({ referenceNumber: 2 })),
  changed('another batch', (approved) => ({
    transactionRequestData: { ...approved.transactionRequestData, batchNo: '010101' },
  })),
  changed('another invoice', (approved) => ({
    transactionRequestData: { ...approved.transactionRequestData, merchantInvoice: 'INV-1' },
  })),
  changed('another phone', (approved) => ({
    transactionRequestData: { ...approved.transactionRequestData, phone: '081299998888' },
  })),
  changed('another till', () => ({ tid: '99999999' })),
  changed('another amount', () => ({ amount: 99_999 })),
  changed('a negative amount', () => ({ amount: -12_500 })),
  changed('an amount with decimals', () => ({ amount: 12_500.5 })),
  changed('an amount as a list', () => ({ amount: [12_500] })),
  changed('neither amount nor reference', () => ({
    amount: undefined,
    referenceNumber: undefined,
  })),
  changed('no response code', () => ({ responseCode: undefined })),
  changed('a response code in a list', () => ({ responseCode: ['00'] })),
  changed('a response code that no list has', () => ({ responseCode: 'constructor' })),
  {
    what: 'nested thirty thousand deep',
    bytes: (approved) =>
      httpAnswer(JSON.stringify(approved).replace('{', `{"extra":${deep(30_000)},`)),
  },
  {
    what: 'invalid UTF-8',
    bytes: (approved) => {
      const body = Buffer.from(JSON.stringify({ ...approved, note: '??' }));
      body.fill(0xff, body.indexOf('??'), body.indexOf('??') + 2);
      return raw(body);
    },
  },
  {
    what: 'something that is no HTTP',
    bytes: () => Buffer.from('SSH-2.0-OpenSSH_9.2\r\n\r\n'),
    closes: true,
    kept: whole,
  },
  { what: 'a connection that closes', bytes: () => Buffer.alloc(0), closes: true, kept: whole },
];

/** How a server answers everything that is not a hostile push: by what OVO's books would say. */
class Ovo {
  server!: RawServer;
  /** What was written to the first push's socket. */
  written: Buffer = Buffer.alloc(0);
  readonly received: { readonly type: string; readonly body: string }[] = [];
  readonly #push: (seen: Seen, approved: Body) => void;
  readonly #checkSays: string;

  constructor(checkSays: string, push: (seen: Seen, approved: Body) => void) {
    this.#checkSays = checkSays;
    this.#push = push;
  }

  async listen(): Promise<string> {
    this.server = await rawServer({
      onRequest: (seen, _count, bytes) => this.#answer(seen, bytes),
    });
    return `http://127.0.0.1:${this.server.port}`;
  }

  types(): readonly string[] {
    return this.received.map(({ type }) => type);
  }

  #answer(seen: Seen, bytes: Buffer): void {
    const body = bodyOf(bytes).toString('utf8');
    const asked: Body = JSON.parse(body);
    const type = String(asked.type);
    this.received.push({ type, body });
    const answered = { ...asked, type: `${type.slice(0, 2)}10`, responseCode: '00' };
    if (type === '0200' && this.received.length === 1) this.#push(seen, answered);
    else {
      const responseCode = type === '0100' ? this.#checkSays : '00';
      seen.socket.write(json({ ...answered, responseCode }));
    }
  }
}

const until = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 10_000, interval: 2 });

function endOf(exchanges: readonly StoredExchange[], place: number): Buffer | null {
  const end = exchanges[place]?.end ?? null;
  if (end?.kind === 'answer') return end.answer.body;
  return end?.kind === 'noAnswer' ? (end.partial?.body ?? Buffer.alloc(0)) : null;
}

/** L1, from the server's side: the till has on record every message, byte for byte. */
function expectRecorded(kit: TillKit, ovo: Ovo, ids: readonly PaymentId[]): void {
  const recorded = ids.flatMap((id) =>
    kit.store.exchanges(id).map(({ request }) => request.body.toString('utf8')),
  );
  expect(recorded.toSorted()).toEqual(ovo.received.map(({ body }) => body).toSorted());
  for (const id of ids) {
    for (const { end } of kit.store.exchanges(id)) expect(end).not.toBeNull();
  }
}

async function meet(one: Hostile, checkSays: string) {
  const ovo: Ovo = new Ovo(checkSays, (seen, approved) => {
    ovo.written = one.bytes(approved);
    if (one.closes) seen.socket.end(ovo.written);
    else seen.socket.write(ovo.written);
  });
  const kit = new TillKit({ baseUrl: await ovo.listen() });
  const first = kit.start();
  await until(() => expect(endOf(kit.store.exchanges(first), 0)).not.toBeNull());
  return { ovo, kit, first };
}

describe('rule 10: a push answered with', () => {
  test.each(hostile)('$what is in doubt, kept to the byte, and reversed at 65 s', async (one) => {
    const { ovo, kit, first } = await meet(one, '40');
    expect(kit.state(first).kind).toBe('waiting');
    const kept = endOf(kit.store.exchanges(first), 0);
    expect(kept?.equals((one.kept ?? bodyOf)(ovo.written))).toBe(true);

    // The next customer is served meanwhile.
    const second = kit.start(34_000, '081234560002');
    await until(() => expect(kit.state(second).kind).toBe('paid'));
    expect(kit.state(first).kind).toBe('waiting');

    await kit.run(62);
    await until(() => expect(endOf(kit.store.exchanges(first), 1)).not.toBeNull());
    expect(kit.state(first).kind).toBe('checking');
    await kit.run(3);
    await until(() => expect(kit.state(first).kind).toBe('reversed'));
    expect(kit.state(second).kind).toBe('paid');
    expectRecorded(kit, ovo, [first, second]);
  });

  test.each(hostile)('$what is paid only when a check at 62 s says so', async (one) => {
    const { ovo, kit, first } = await meet(one, '00');
    await kit.run(61.9);
    expect(kit.state(first).kind).toBe('waiting');
    await kit.run(0.1);
    await until(() => expect(kit.state(first).kind).toBe('paid'));
    await kit.run(20);
    expect(ovo.types()).toEqual(['0200', '0100']);
    expectRecorded(kit, ovo, [first]);
  });
});

describe('a slow drip past 65 s', () => {
  async function drip(checkSays: string) {
    let socket: Seen['socket'] | undefined;
    let left: Buffer = Buffer.alloc(0);
    const ovo: Ovo = new Ovo(checkSays, (seen, approved) => {
      socket = seen.socket;
      left = json(approved);
    });
    const kit = new TillKit({ baseUrl: await ovo.listen() });
    const first = kit.start();
    await until(() => expect(socket).toBeDefined());
    /** Twenty bytes more, all of them there when it returns. */
    const more = async () => {
      ovo.written = Buffer.concat([ovo.written, left.subarray(0, 20)]);
      const sent = left.subarray(0, 20);
      left = left.subarray(20);
      await new Promise((done) => socket?.write(sent, done));
      await new Promise((done) => setImmediate(done));
    };
    for (let second = 0; second < 60; second += 5) {
      await more();
      await kit.run(5);
    }
    return { ovo, kit, first, more };
  }

  test('is given up at 65 s with what had come on record, and reversed', async () => {
    const { ovo, kit, first, more } = await drip('40');
    await kit.run(2);
    await until(() => expect(endOf(kit.store.exchanges(first), 1)).not.toBeNull());
    await more();
    await kit.run(3);
    await until(() => expect(kit.state(first).kind).toBe('reversed'));
    const [push] = kit.store.exchanges(first);
    expect(push?.end?.kind).toBe('noAnswer');
    const kept = endOf(kit.store.exchanges(first), 0);
    expect(kept?.length).toBeGreaterThan(0);
    expect(kept?.equals(bodyOf(ovo.written).subarray(0, kept.length))).toBe(true);
    expect(ovo.types()).toEqual(['0200', '0100', '0400']);
  });

  test('does not keep a check from finding it paid, and is listened to until 65 s', async () => {
    const { ovo, kit, first } = await drip('00');
    await kit.run(2);
    await until(() => expect(kit.state(first).kind).toBe('paid'));
    expect(endOf(kit.store.exchanges(first), 0)).toBeNull();
    await kit.run(3);
    await until(() => expect(endOf(kit.store.exchanges(first), 0)).not.toBeNull());
    await kit.run(30);
    expect(kit.state(first).kind).toBe('paid');
    expect(ovo.types()).toEqual(['0200', '0100']);
  });
});

describe('hostile answers to a status check and a reversal', () => {
  test('rule 12 and 13: none ends the payment; the reversal is tried until one is believed', async () => {
    const odd: readonly ((answered: Body) => Buffer)[] = [
      () => httpAnswer('<html>'),
      (answered) => json({ ...answered, type: '0210' }),
      (answered) => json({ ...answered, referenceNumber: 77 }),
      () => httpAnswer('', '404 Not Found'),
    ];
    const server = await rawServer({
      onRequest: (seen, _count, bytes) => {
        const asked: Body = JSON.parse(bodyOf(bytes).toString('utf8'));
        const type = String(asked.type);
        types.push(type);
        if (type === '0200') return;
        const answered = { ...asked, type: `${type.slice(0, 2)}10`, responseCode: '00' };
        const next = left.shift();
        seen.socket.write(next === undefined ? json(answered) : next(answered));
      },
    });
    const types: string[] = [];
    const left = [...odd];
    const kit = new TillKit({ baseUrl: `http://127.0.0.1:${server.port}` });
    const id = kit.start();
    await until(() => expect(types).toHaveLength(1));
    await kit.run(62);
    await until(() => expect(endOf(kit.store.exchanges(id), 1)).not.toBeNull());
    await kit.run(3);
    // A check, three reversals that are not believed, and the fourth that is, after one more check.
    for (let second = 0; second < 60 && kit.state(id).kind !== 'reversed'; second += 1) {
      await until(() => {
        const [push, ...others] = kit.store.exchanges(id);
        expect(push?.request.operation).toBe('pushToPay');
        for (const { end } of others) expect(end).not.toBeNull();
      });
      expect(['checking', 'reversing', 'reversed']).toContain(kit.state(id).kind);
      await kit.run(1);
    }
    expect(kit.state(id).kind).toBe('reversed');
    expect(left).toEqual([]);
    expect(types[1]).toBe('0100');
    expect(types.filter((type) => type === '0400').length).toBeGreaterThanOrEqual(4);
  });
});
