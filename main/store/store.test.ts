import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import {
  attempt,
  begin,
  follow,
  killedCopy,
  moment,
  newFolder,
  newState,
  noon,
  openIn,
  request,
  started,
  take,
  today,
  token,
} from '../../test/support/store-kit.ts';
import type { ExchangeEnd } from '../ovo/types.ts';
import type { Answer, PaymentEvent, PaymentId, PaymentState } from '../payment/types.ts';
import { StoreUnavailable } from './errors.ts';
import type { Store } from './types.ts';

const id = (n: number): PaymentId => n as PaymentId;
const answer = { status: 200, headers: [['a', 'b']], cutOff: false } as const;

function approval(trace: string | null, code: string | null): PaymentEvent {
  const names = { invoice: true, amount: true, phone: true };
  const said: Answer = {
    kind: 'believed',
    code: '00',
    names,
    approvalCode: code,
    traceNumber: trace,
    seenBefore: false,
  };
  return {
    type: 'answered',
    at: moment,
    attempt: attempt(1),
    operation: 'pushToPay',
    answer: said,
  };
}

const paid = (state: PaymentState): PaymentState => ({
  ...state,
  kind: 'paid',
  paidAt: noon,
  approvalCode: '410315',
  traceNumber: '3451',
  proof: null,
});

test('rule 6: number, payment, event and request are durable in one commit, to the byte', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  const state = begin(store);
  const { store: found } = openIn(killedCopy(folder));
  expect(found.live()).toEqual([{ state, events: 2, pushedAt: noon, deadlineAt: noon + 62_000 }]);
  expect(found.events(state.id).map(({ type }) => type)).toEqual(['started', 'numbered']);
  expect(found.exchanges(state.id)).toEqual([
    { attempt: 1, recordedAt: noon, request: request('pushToPay'), end: null, endedAt: null },
  ]);
});

const ends: ExchangeEnd[] = [
  { kind: 'answer', answer: { ...answer, body: Buffer.from([0xff, 0x00, 0x7b]) } },
  { kind: 'answer', answer: { ...answer, body: Buffer.alloc(0), cutOff: true } },
  { kind: 'neverSent', reason: 'tlsRefused', detail: 'unknown authority' },
  { kind: 'noAnswer', reason: 'timeout', detail: '15 s', partial: null },
  {
    kind: 'noAnswer',
    reason: 'answerTooLong',
    detail: '64 KiB',
    partial: { ...answer, cutOff: true, body: Buffer.alloc(65_536, 0x41) },
  },
];

test.each(ends)('rule 25: an exchange that ended as $kind is kept exactly', (end) => {
  const folder = newFolder();
  const { store } = openIn(folder);
  const state = begin(store);
  store.commit(() => store.recordEnd(state.id, attempt(1), end, noon));
  store.close();
  const [kept] = openIn(folder).store.exchanges(state.id);
  expect(kept).toMatchObject({ end, endedAt: noon });
});

test('rule 25: an attempt is recorded once, ends once, and not before it was recorded', () => {
  const { store } = openIn(newFolder());
  const { id: of } = begin(store);
  const end = ends[3] ?? expect.fail();
  expect(() =>
    store.commit(() => store.recordRequest(of, attempt(1), request('pushToPay'), noon)),
  ).toThrow('N2');
  expect(() => store.commit(() => store.recordEnd(of, attempt(2), end, noon))).toThrow('L1');
  store.commit(() => store.recordEnd(of, attempt(1), end, noon));
  expect(() => store.commit(() => store.recordEnd(of, attempt(1), end, noon))).toThrow('L1');
});

test('rule 25: a request of no payment is refused with all of its commit', () => {
  const { store } = openIn(newFolder());
  const work = (): void => store.recordRequest(id(9), attempt(1), request('reversal'), noon);
  expect(() => store.commit(work)).toThrow('FOREIGN KEY');
  expect(store.exchanges(id(9))).toEqual([]);
});

test.each([
  "UPDATE journal SET json = '{}'",
  'DELETE FROM journal',
  'DELETE FROM payments',
  'UPDATE payments SET amount = 1',
  "UPDATE payments SET invoice = 'X'",
  'UPDATE payments SET pushed_at = 1',
  'DELETE FROM numbers',
  'UPDATE numbers SET reference = 7',
  'UPDATE numbers SET payment_id = 1',
  'DELETE FROM openings',
  'UPDATE number_jumps SET to_reference = 1',
  'DELETE FROM traces',
])('rule 25: the database itself refuses "%s"', (sql) => {
  const { store, database } = openIn(newFolder());
  const state = begin(store);
  store.seedNumber(today, { batch: 240_321, reference: 9 } as never, noon);
  follow(store, paid(state), approval('3451', '410315'), true);
  expect(() => database.exec(sql)).toThrow('written once');
});

test('history: events follow one another without a gap', () => {
  const { store } = openIn(newFolder());
  const state = begin(store);
  const save = (events: number): void =>
    store.commit(() =>
      store.save({
        payment: { state, events, pushedAt: noon, deadlineAt: null },
        newEvents: [{ type: 'setAside', at: moment }],
        live: true,
      }),
    );
  expect(() => save(2)).toThrow('history');
  expect(() => save(4)).toThrow('history');
  expect(() => save(1), 'as if it were new').toThrow('UNIQUE');
  save(3);
  expect(store.payment(state.id)?.events).toBe(3);
});

test('history: what JSON would lose is not written', () => {
  const { store } = openIn(newFolder());
  const state = { ...begin(store), attempts: Number.NaN };
  expect(() => follow(store, state, { type: 'seen', at: moment }, true)).toThrow('history');
});

test('history: fields that this layout does not name come back too', () => {
  const { store } = openIn(newFolder());
  const state = { ...begin(store), later: { more: [1, 'two', null] } };
  follow(store, state, { type: 'seen', at: moment }, true);
  expect(store.payment(state.id)?.state).toEqual(state);
});

test('N1: a payment cannot take a number that was not given out, or is another payment’s', () => {
  const { store } = openIn(newFolder());
  const first = begin(store);
  const invented = take(openIn(newFolder()).store);
  const save = (numbers: typeof first.numbers): void =>
    store.commit(() =>
      store.save({
        payment: {
          state: newState(store.nextPaymentId(), numbers),
          events: 1,
          pushedAt: null,
          deadlineAt: null,
        },
        newEvents: [started],
        live: true,
      }),
    );
  expect(() => save(first.numbers)).toThrow('N1');
  expect(() => save(invented === null ? null : { ...invented, reference: 77 as never })).toThrow(
    'N1',
  );
  expect(store.recent(5)).toHaveLength(1);
});

test('rule 6: a payment keeps its numbers', () => {
  const { store } = openIn(newFolder());
  const state = begin(store);
  const other = take(store);
  expect(() =>
    follow(store, { ...state, numbers: other }, { type: 'seen', at: moment }, true),
  ).toThrow('rule 6');
  expect(() =>
    follow(store, { ...state, numbers: null }, { type: 'seen', at: moment }, true),
  ).toThrow('rule 6');
});

test('live payments are found, oldest first, among many that are done, and however old', () => {
  const folder = newFolder();
  const { store, database } = openIn(folder);
  database.pragma('synchronous = OFF');
  const stillLive = new Set([1, 3, 510, 511, 512, 513, 1_024, 1_100, 1_200]);
  for (let n = 1; n <= 1_200; n++) {
    const state = begin(store);
    if (!stillLive.has(n)) follow(store, state, { type: 'seen', at: moment }, false);
  }
  const live = (of: Store): number[] => of.live().map(({ state }) => state.id);
  expect(live(store)).toEqual([...stillLive]);
  for (const done of [3, 511, 1_100]) {
    follow(store, newStateOf(store, done), { type: 'seen', at: moment }, false);
    stillLive.delete(done);
  }
  // A contradiction may bring one back (rule 14a).
  for (const back of [2, 700, 1_150]) {
    follow(store, newStateOf(store, back), { type: 'seen', at: moment }, true);
    stillLive.add(back);
  }
  const expected = [...stillLive].sort((a, b) => a - b);
  expect(live(store)).toEqual(expected);
  expect(live(openIn(killedCopy(folder)).store)).toEqual(expected);
});

test('the search for live payments reads no more than the young and the index of the old', () => {
  const { database } = openIn(newFolder());
  const plan = database
    .prepare(
      `EXPLAIN QUERY PLAN SELECT id FROM payments WHERE live = 2
       UNION ALL SELECT id FROM payments
       WHERE id >= (SELECT young_from FROM live_bound) AND live = 1 ORDER BY id`,
    )
    .all()
    .map((row) => JSON.stringify(row))
    .join('\n');
  expect(plan).toContain('payments_live_old');
  expect(plan).toContain('INTEGER PRIMARY KEY (rowid>?)');
});

function newStateOf(store: Store, n: number): PaymentState {
  return store.payment(id(n))?.state ?? expect.fail(`no payment ${n}`);
}

test('recent payments come newest first', () => {
  const { store } = openIn(newFolder());
  for (let n = 0; n < 5; n++) begin(store);
  expect(store.recent(3).map(({ state }) => state.id)).toEqual([5, 4, 3]);
  expect(store.payment(id(6))).toBeNull();
});

test('rule 12a: a trace number or approval code is known as another payment’s', () => {
  const { store } = openIn(newFolder());
  const [first, second] = [begin(store), begin(store)];
  follow(store, paid(first), approval('3451', '410315'), true);
  follow(store, paid(first), approval('3451', null), true);
  expect(store.inBooks(second.id, '3451', null)).toBe(true);
  expect(store.inBooks(second.id, null, '410315')).toBe(true);
  expect(store.inBooks(second.id, '410315', '3451')).toBe(false);
  expect(store.inBooks(second.id, null, null)).toBe(false);
  expect(store.inBooks(first.id, '3451', '410315'), 'its own').toBe(false);
});

test('settings outlive a run', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  store.setSetting('language', 'id');
  store.setSetting('language', 'en');
  expect(openIn(killedCopy(folder)).store.setting('language')).toBe('en');
  expect(store.setting('unheard')).toBeNull();
});

test('ids: the next is unlike any stored or handed out; an undone one is handed out again', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  begin(store);
  expect([store.nextPaymentId(), store.nextPaymentId()]).toEqual([2, 3]);
  const undone = (): void =>
    store.commit(() => {
      expect(store.nextPaymentId()).toBe(4);
      throw new Error('undone');
    });
  expect(undone).toThrow('undone');
  expect(store.nextPaymentId()).toBe(4);
  store.close();
  expect(openIn(folder).store.nextPaymentId()).toBe(2);
});

test('commit: nested commits join; one that throws undoes all, even if the throw is caught', () => {
  const { store } = openIn(newFolder());
  const joined = store.commit(() => {
    store.setSetting('a', '1');
    return store.commit(() => store.commit(() => 'joined'));
  });
  expect(joined).toBe('joined');
  const swallowed = (): void =>
    store.commit(() => {
      store.setSetting('a', '2');
      try {
        store.commit(() => {
          throw new Error('within');
        });
      } catch {
        // The caller goes on as if nothing were.
      }
    });
  expect(swallowed).toThrow('within');
  expect(store.setting('a')).toBe('1');
});

test('commit: work that would end later is refused', () => {
  const { store } = openIn(newFolder());
  expect(() => store.commit(async () => store.setSetting('a', '1'))).toThrow('N2');
  expect(store.setting('a')).toBeNull();
});

test('N2: writing outside a commit is a fault of the program', () => {
  const { store } = openIn(newFolder());
  expect(() => store.takeNumber(today, noon, token)).toThrow('N2');
});

function fill(store: Store, database: ReturnType<typeof openIn>['database']): void {
  const pages = Number(database.pragma('page_count', { simple: true }));
  database.pragma(`max_page_count = ${pages}`);
  for (let n = 0; n < 100; n++) begin(store);
}

test('a full disk: refused with the reason, nothing kept, and all is well when there is room', () => {
  const folder = newFolder();
  const { store, database } = openIn(folder);
  expect(() => fill(store, database)).toThrow(StoreUnavailable);
  const [last] = store.recent(1);
  const count = last?.state.id ?? 0;
  expect(capture(() => begin(store))).toMatchObject({ reason: 'diskFull' });
  // Someone who catches the first error inside the commit cannot keep a part of it.
  const half = (): void =>
    store.commit(() => {
      try {
        for (;;) begin(store);
      } catch {
        store.setSetting('half', 'yes');
      }
    });
  expect(capture(half)).toMatchObject({ reason: 'diskFull' });
  expect(store.setting('half')).toBeNull();
  expect(store.recent(1)[0]?.state.id).toBe(count);

  database.pragma('max_page_count = 1000000');
  const state = begin(store);
  expect(state.id).toBe(count + 1);
  expect(state.numbers?.reference, 'the refused number was not used').toBe(count + 1);
  expect(openIn(killedCopy(folder)).store.live()).toHaveLength(count + 1);
});

test('a read-only file: refused with the reason, and what is known stays readable', () => {
  const { store, database } = openIn(newFolder());
  begin(store);
  database.pragma('query_only = ON');
  expect(capture(() => begin(store))).toMatchObject({ reason: 'readOnly' });
  expect(store.live()).toHaveLength(1);
  database.pragma('query_only = OFF');
  expect(begin(store).numbers?.reference).toBe(2);
});

test('a locked file: refused with the reason, soon, and what is known stays readable', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  begin(store);
  const other = new Database(`${folder}/gerai.db`);
  other.exec('BEGIN IMMEDIATE');
  expect(capture(() => begin(store))).toMatchObject({ reason: 'locked' });
  expect(store.live()).toHaveLength(1);
  other.exec('ROLLBACK');
  other.close();
  expect(begin(store)).toMatchObject({ id: 2, numbers: { reference: 2 } });
});

function capture(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
}
