import { expect, test } from 'vitest';
import {
  dateMode,
  day,
  killedCopy,
  newFolder,
  noon,
  openIn,
  sequenceMode,
  take,
  takeText,
  today,
  token,
} from '../../test/support/store-kit.ts';
import type { BatchNumber, ReferenceNumber } from '../payment/types.ts';
import { NumbersExhausted, SeedImpossible, SeedNotForward } from './errors.ts';
import type { Store } from './types.ts';

const next = (batch: number, reference: number) => ({
  batch: batch as BatchNumber,
  reference: reference as ReferenceNumber,
});
const seed = (store: Store, batch: number, reference: number, on = today): void =>
  store.seedNumber(on, next(batch, reference), noon);

test("rules 1, 2: OVO's days with numbers in sequence, one batch a day", () => {
  const { store } = openIn(newFolder(), sequenceMode);
  const days = ['2021-03-24', '2021-03-25', '2021-03-26', '2021-03-28', '2021-03-29'];
  expect(days.map((on) => takeText(store, day(on)))).toEqual(['1/1', '2/1', '3/1', '4/1', '5/1']);
});

test("rules 1, 2: OVO's days with dates as batches", () => {
  const { store } = openIn(newFolder(), dateMode);
  const days = ['2021-03-24', '2021-03-25', '2021-03-26', '2021-03-28', '2021-03-29'];
  expect(days.map((on) => takeText(store, day(on)))).toEqual([
    '240321/1',
    '250321/1',
    '260321/1',
    '280321/1',
    '290321/1',
  ]);
});

test("rule 3: OVO's day with more than 999999 payments, in sequence mode", () => {
  const { store } = openIn(newFolder(), sequenceMode);
  seed(store, 1, 999_998);
  const onThe24th = [1, 2, 3, 4].map(() => takeText(store));
  expect(onThe24th).toEqual(['1/999998', '1/999999', '2/1', '2/2']);
  expect(takeText(store, day('2021-03-26'))).toBe('3/1');
});

test('rule 3: date mode refuses after 999999 and says to use sequence numbering', () => {
  const { store } = openIn(newFolder());
  seed(store, 240_321, 999_998);
  expect([takeText(store), takeText(store)]).toEqual(['240321/999998', '240321/999999']);
  const refused = capture(() => take(store));
  expect(refused).toBeInstanceOf(NumbersExhausted);
  expect(refused).toMatchObject({ remedy: 'useSequence' });
  expect(takeText(store, day('2021-03-25')), 'the next day has its own').toBe('250321/1');
});

test('rule 3: a refused number undoes nothing else of its commit', () => {
  const { store } = openIn(newFolder());
  seed(store, 240_321, 999_999);
  take(store);
  store.commit(() => {
    expect(() => store.takeNumber(today, noon, token)).toThrow(NumbersExhausted);
    store.setSetting('kept', 'yes');
  });
  expect(store.setting('kept')).toBe('yes');
});

test('rule 4: sequence mode refuses past batch 999999', () => {
  const { store } = openIn(newFolder(), sequenceMode);
  seed(store, 999_999, 999_999);
  expect(takeText(store)).toBe('999999/999999');
  expect(capture(() => take(store))).toMatchObject({ remedy: 'batches' });
});

test('rule 4: the day after batch 999999 has none left either', () => {
  const { store } = openIn(newFolder(), sequenceMode);
  seed(store, 999_999, 5);
  take(store);
  expect(capture(() => take(store, day('2021-03-25')))).toMatchObject({ remedy: 'batches' });
});

test('rule 5: a clock that goes back a day and returns continues each batch', () => {
  const { store } = openIn(newFolder());
  const on = ['2021-03-24', '2021-03-25', '2021-03-24', '2021-03-25', '2021-03-31', '2021-04-01'];
  expect(on.map((text) => takeText(store, day(text)))).toEqual([
    '240321/1',
    '250321/1',
    '240321/2',
    '250321/2',
    '310321/1',
    '010421/1',
  ]);
});

test('rule 5: in sequence mode a clock set back stays in the latest batch', () => {
  const { store } = openIn(newFolder(), sequenceMode);
  const on = ['2021-03-24', '2021-03-25', '2021-03-23', '2021-03-25', '2021-03-26'];
  expect(on.map((text) => takeText(store, day(text)))).toEqual(['1/1', '2/1', '2/2', '2/3', '3/1']);
});

test('rule 5: in sequence mode a clock once set far ahead stops no payment, and numbers only rise', () => {
  const folder = newFolder();
  const { store: first, database } = openIn(folder, sequenceMode);
  const ahead = day('2099-12-31');
  expect([takeText(first), takeText(first, ahead), takeText(first)]).toEqual(['1/1', '2/1', '2/2']);
  database.exec('INSERT INTO numbers VALUES (1, 2, 999998, 0, NULL)');
  first.close();
  const { store } = openIn(folder, sequenceMode);
  expect(takeText(store)).toBe('2/999999');
  expect(takeText(store, day('2021-03-25'))).toBe('3/1');
  expect(takeText(store, day('2021-03-26'))).toBe('3/2');
  expect(takeText(store, day('2100-01-01'))).toBe('4/1');
});

test('rule 7: a seed brings the sequence back to a batch a day after a clock once set far ahead', () => {
  const { store } = openIn(newFolder(), sequenceMode);
  take(store, day('2099-12-31'));
  seed(store, 2, 1);
  const on = ['2021-03-24', '2021-03-24', '2021-03-25'];
  expect(on.map((text) => takeText(store, day(text)))).toEqual(['2/1', '2/2', '3/1']);
});

test('rule 7: a clock once set far ahead does not keep the batch of today from being seeded', () => {
  const { store } = openIn(newFolder());
  take(store);
  take(store, day('2099-12-31'));
  expect(takeText(store)).toBe('240321/2');
  seed(store, 240_321, 500);
  expect(takeText(store)).toBe('240321/500');
  expect(() => seed(store, 230_321, 1)).toThrow(SeedNotForward);
});

test('rule 5: the batch of 1 April as a date is batch 10421 of the sequence, and goes on after it', () => {
  const folder = newFolder();
  const first = openIn(folder);
  expect(takeText(first.store, day('2021-04-01'))).toBe('010421/1');
  expect(takeText(first.store, day('2021-04-01'))).toBe('010421/2');
  first.store.close();
  const { store } = openIn(folder, sequenceMode);
  seed(store, 10_420, 999_999, day('2021-04-02'));
  expect(takeText(store, day('2021-04-02'))).toBe('10420/999999');
  expect(takeText(store, day('2021-04-02'))).toBe('10421/3');
});

test('rule 5: switching to sequence and back continues both', () => {
  const folder = newFolder();
  const taken: string[] = [];
  for (const mode of [dateMode, sequenceMode, dateMode, sequenceMode]) {
    const { store } = openIn(folder, mode);
    taken.push(takeText(store));
    store.close();
  }
  expect(taken).toEqual(['240321/1', '1/1', '240321/2', '1/2']);
});

test('rule 5: each terminal counts for itself', () => {
  const folder = newFolder();
  const first = openIn(folder);
  take(first.store);
  take(first.store);
  first.store.close();
  const other = { environment: 'training', merchantId: '000001', tid: '10000043' } as const;
  const { store } = openIn(folder, { terminal: other });
  expect(takeText(store)).toBe('240321/1');
});

test.each([
  ['sequence', 'unpadded-text', '1', '1', false],
  ['sequence', 'padded-text', '000001', '000001', false],
  ['sequence', 'number', '1', '1', true],
  ['date', 'unpadded-text', '010421', '1', false],
  ['date', 'padded-text', '010421', '000001', false],
] as const)('numbers of %s mode as %s', (numbering, numberFormat, batch, reference, asNumber) => {
  const { store } = openIn(newFolder(), { numbering: { numbering, numberFormat } });
  expect(take(store, day('2021-04-01'))).toMatchObject({
    batchText: batch,
    referenceText: reference,
    asNumber,
  });
});

test('rule 7a: an invoice has the tid and the token, and at most 50 characters', () => {
  const { store } = openIn(newFolder());
  const { invoice } = take(store);
  expect(invoice).toBe(`10000042-240321-000001-${token}`);
  expect(invoice).toMatch(/^[A-Z0-9-]{1,50}$/);
});

test('rule 7a: a token of too few bits is a fault of the program', () => {
  const { store } = openIn(newFolder());
  expect(() => store.commit(() => store.takeNumber(today, noon, 'ABC'))).toThrow('rule 7a');
});

test('rule 7: seeding moves forward, is recorded, and is what comes next', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  take(store);
  seed(store, 240_321, 500);
  expect(takeText(store)).toBe('240321/500');
  expect(store.numberJumps()).toEqual([
    { at: noon, reason: 'seeded', batch: 240_321, fromReference: 1, toReference: 500 },
  ]);
  store.close();
  expect(takeText(openIn(folder).store)).toBe('240321/501');
});

test('rule 7: a seeded batch of the sequence waits for its first payment, whatever the day', () => {
  const { store } = openIn(newFolder(), sequenceMode);
  take(store);
  seed(store, 7, 20);
  expect(takeText(store, day('2021-03-27'))).toBe('7/20');
  expect(takeText(store, day('2021-03-27'))).toBe('7/21');
  expect(takeText(store, day('2021-03-28'))).toBe('8/1');
});

test('rule 7: seeding never goes back', () => {
  const dates = openIn(newFolder()).store;
  take(dates, day('2021-04-01'));
  const late = day('2021-04-01');
  // 310321 is the larger number and the earlier day.
  expect(() => seed(dates, 310_321, 9, late)).toThrow(SeedNotForward);
  expect(() => seed(dates, 10_421, 1, late)).toThrow(SeedNotForward);
  expect(() => seed(dates, 310_299, 1, late)).toThrow(SeedImpossible);
  seed(dates, 20_421, 4, late);
  expect(takeText(dates, day('2021-04-02'))).toBe('020421/4');

  const counted = openIn(newFolder(), sequenceMode).store;
  seed(counted, 5, 100);
  expect(() => seed(counted, 4, 999)).toThrow(SeedNotForward);
  expect(() => seed(counted, 5, 99)).toThrow(SeedNotForward);
  expect(() => seed(counted, 0, 1)).toThrow(SeedImpossible);
  expect(() => seed(counted, 5, 1_000_000)).toThrow(SeedImpossible);
  expect(takeText(counted)).toBe('5/100');
});

test('N1: a number taken in a commit that is undone is given out once more, and only then', () => {
  const folder = newFolder();
  const { store, database } = openIn(folder);
  take(store);
  expect(() =>
    store.commit(() => {
      store.takeNumber(today, noon, token);
      throw new Error('the commit fails');
    }),
  ).toThrow('the commit fails');
  expect(takeText(store)).toBe('240321/2');
  expect(takeText(openIn(killedCopy(folder)).store)).toBe('240321/3');
  expect(database.prepare('SELECT count(*) FROM numbers').pluck().get()).toBe(2);
});

test('N1: two numbers of one commit are two', () => {
  const { store } = openIn(newFolder());
  const taken = store.commit(() =>
    [1, 2].map(() => store.takeNumber(today, noon, token).reference),
  );
  expect(taken).toEqual([1, 2]);
});

function capture(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
}
