import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Refused } from '../../main/driver/desk.ts';
import type { PaymentId } from '../../main/payment/types.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import type { FakeExchange } from '../support/fake-wire.ts';
import { settle } from '../support/manual-clock.ts';
import { TillKit } from '../support/till-kit.ts';

// The till over a real database that cannot be written to for a while: full, locked or read-only.

interface Trouble {
  readonly reason: 'diskFull' | 'locked' | 'readOnly';
  /** Begins the trouble; what it returns ends it. */
  readonly begin: (kit: TillKit) => () => void;
}

const troubles: readonly Trouble[] = [
  {
    reason: 'diskFull',
    begin: (kit) => {
      fillUp(kit);
      return () => kit.database.pragma('max_page_count = 1000000');
    },
  },
  {
    reason: 'locked',
    begin: (kit) => {
      const other = connect(kit);
      other.exec('BEGIN IMMEDIATE');
      return () => other.exec('ROLLBACK');
    },
  },
  {
    reason: 'readOnly',
    begin: (kit) => {
      kit.database.pragma('query_only = 1');
      return () => kit.database.pragma('query_only = 0');
    },
  },
];

function connect(kit: TillKit, options: Database.Options = {}): Database.Database {
  const other = new Database(kit.databasePath, options);
  onTestFinished(() => void other.close());
  return other;
}

/**
 * No page more for the file, and no room left in those that journal rows go to: the next row of a
 * payment no longer fits, as on a disk that is full to the last byte.
 */
function fillUp({ database }: TillKit): void {
  database.pragma(`max_page_count = ${database.pragma('page_count', { simple: true })}`);
  const insert = database.prepare('INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, NULL)');
  const last = database.prepare('SELECT max(id) FROM journal').pluck();
  const payment = database.prepare('SELECT max(id) FROM payments').pluck();
  // Rows of a payment's own, at its end, where the next one would go.
  let n = 1_000;
  for (const size of [2_000, 500, 100, 10]) {
    const json = JSON.stringify('x'.repeat(size));
    try {
      for (;;) {
        n += 1;
        insert.run(Number(last.get()) + 1, payment.get(), 'end', n, 1, json);
      }
    } catch (error) {
      expect(error).toMatchObject({ code: 'SQLITE_FULL' });
    }
  }
}

/** N2: whatever reaches the wire is committed, as a connection of its own reads it from the file. */
function expectRecordedFirst(kit: TillKit): void {
  const reader = connect(kit, { readonly: true });
  const find = reader
    .prepare("SELECT count(*) FROM journal WHERE kind = 'request' AND body = ?")
    .pluck();
  kit.wire.onRequest = (exchange: FakeExchange) => {
    expect(find.get(exchange.request.body), exchange.request.operation).toBe(1);
    exchange.write();
  };
}

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Refused) return error.refusal.key;
    throw error;
  }
  return 'taken';
}

const other = Phone.parse('081234560002');
const startOther = (kit: TillKit) => () => kit.desk.start(Rupiah.parse(34_000), other, false);
const troublesOf = (kit: TillKit) =>
  kit.desk
    .view()
    .troubles.filter(({ weight }) => weight === 'refuses')
    .map(({ key }) => key);
const rowsOf = (kit: TillKit) =>
  kit.database.prepare('SELECT count(*) FROM payments').pluck().get();

describe.each(troubles)('the disk is in trouble: $reason', ({ reason, begin }) => {
  test('a new payment is refused with the reason, nothing of it is sent or kept, and later it is taken', async () => {
    const kit = new TillKit();
    expectRecordedFirst(kit);
    const id = kit.start();
    await kit.run(1);
    const end = begin(kit);
    expect(refusalOf(startOther(kit))).toBe('refusal.storageTrouble');
    await kit.run(3);
    expect(troublesOf(kit)).toEqual([`trouble.${reason}`]);
    expect(kit.wire.operations).toEqual(['pushToPay']);
    expect(rowsOf(kit)).toBe(1);
    // What is known stays on the screen.
    expect(kit.desk.view().front).toMatchObject({ id, phase: 'waiting' });

    end();
    await kit.run(2);
    expect(troublesOf(kit)).toEqual([]);
    expect(startOther(kit)()).toMatchObject({ kind: 'started' });
    // No number was lost to the refused one (rule 5).
    expect(kit.state(2 as PaymentId).numbers?.referenceText).toBe('2');
  });

  test('L1: an answer that comes meanwhile is kept in memory, acted on by nobody, and written when it can be', async () => {
    const kit = new TillKit();
    expectRecordedFirst(kit);
    const id = kit.start();
    await kit.run(1);
    const end = begin(kit);
    kit.wire.last('pushToPay').answer('00');
    await kit.run(5);
    expect(kit.desk.view().front?.phase).toBe('waiting');
    expect(troublesOf(kit)).toEqual([`trouble.${reason}`]);

    end();
    await kit.run(2);
    expect(kit.state(id).kind).toBe('paid');
    expect(troublesOf(kit)).toEqual([]);
    expect(kit.store.payment(id)?.state.kind).toBe('paid');
    expect(kit.store.exchanges(id)[0]?.end).toEqual(kit.wire.exchanges[0]?.end);
  });

  test('N2: neither check nor reversal leaves without its row; the reversal leaves once there is one', async () => {
    const kit = new TillKit();
    expectRecordedFirst(kit);
    const id = kit.start();
    await kit.run(60);
    const end = begin(kit);
    await kit.run(8);
    expect(kit.wire.operations).toEqual(['pushToPay']);
    expect(kit.state(id).kind).not.toBe('reversed');

    end();
    await kit.run(2);
    expect(kit.wire.operations).toEqual(['pushToPay', 'reversal']);
    kit.wire.last('reversal').answer('00');
    await settle();
    expect(kit.state(id).kind).toBe('reversed');
    expect(troublesOf(kit)).toEqual([]);
  });

  test('an approval kept in memory comes before the reversal that is due when the disk is back', async () => {
    const kit = new TillKit();
    expectRecordedFirst(kit);
    const id = kit.start();
    await kit.run(58);
    const end = begin(kit);
    kit.wire.last('pushToPay').answer('00');
    await kit.run(8.5);
    end();
    // The cashier is quicker than the till's own next try.
    kit.desk.setAside(id);
    await kit.run(5);
    expect(kit.state(id).kind).toBe('paid');
    expect(kit.wire.of('reversal')).toEqual([]);
  });

  test('rule 22: the program is killed with an answer only in memory; the next run asks OVO', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await kit.run(1);
    const end = begin(kit);
    kit.wire.last('pushToPay').answer('00');
    await kit.run(2);
    end();
    kit.restart();
    expectRecordedFirst(kit);
    expect(kit.state(id).kind).toBe('waiting');
    await kit.run(62.5);
    kit.wire.last('statusCheck').answer('00');
    await settle();
    expect(kit.state(id).kind).toBe('paid');
  });

  test('many payments under way: none is lost, each reversal leaves after its row', async () => {
    const kit = new TillKit();
    expectRecordedFirst(kit);
    const ids = Array.from({ length: 25 }, (_, n) => kit.start(10_000 + n, `0812000${10_000 + n}`));
    await kit.run(60);
    const end = begin(kit);
    for (const push of kit.wire.of('pushToPay').slice(0, 5)) push.answer('17');
    await kit.run(8);
    end();
    await kit.run(1);
    for (let n = 0; n < 60 && kit.wire.open.length > 0; n += 1) {
      for (const one of kit.wire.open) one.answer('00');
      await kit.run(1);
    }
    // A decline that came in time stands; silence was reversed.
    expect(ids.map((id) => kit.state(id).kind)).toEqual([
      ...Array.from({ length: 5 }, () => 'notCharged'),
      ...Array.from({ length: 20 }, () => 'reversed'),
    ]);
  });
});

test('a command that cannot be kept is refused and changes nothing', async () => {
  const kit = new TillKit();
  const id = kit.start();
  await kit.run(1);
  kit.database.pragma('query_only = 1');
  expect(refusalOf(() => kit.desk.setAside(id))).toBe('refusal.storageTrouble');
  expect(refusalOf(() => kit.desk.setLanguage('id'))).toBe('refusal.storageTrouble');
  expect(kit.desk.view()).toMatchObject({ language: 'en', front: { id, setAside: false } });
});
