import { copyFileSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { instantInDay, type JakartaDay } from '../../shared/time.ts';
import {
  dateMode,
  day,
  killedCopy,
  newFolder,
  openIn,
  sequenceMode,
  take,
  takeText,
  today,
} from '../../test/support/store-kit.ts';
import type { BatchNumber, ReferenceNumber } from '../payment/types.ts';
import { daysInQuestion } from './beyond-copy.ts';
import { HighWater } from './high-water.ts';
import type { StoreOptions } from './store.ts';
import type { Store } from './types.ts';

/* Rule 5: a copy of gerai.db alone, put on a new disk, does not bring back what came after it. */

afterEach(() => void vi.restoreAllMocks());

/** A new folder with nothing but the database of a till that did `work` and was closed. */
function copyOf(mode: Partial<StoreOptions>, work: (store: Store) => void): string {
  const [folder, disk] = [newFolder(), newFolder()];
  const { store } = openIn(folder, mode);
  work(store);
  store.close();
  copyFileSync(join(folder, 'gerai.db'), join(disk, 'gerai.db'));
  return disk;
}

function openOn(on: JakartaDay, folder: string, mode: Partial<StoreOptions>): Store {
  return openIn(folder, { ...mode, clock: { wall: () => instantInDay(on, 1) } }).store;
}

const taken =
  (count: number, on = today) =>
  (store: Store): void => {
    for (let n = 0; n < count; n++) take(store, on);
  };
const ofBatch = (store: Store, batch: number) =>
  store.numberJumps().filter((jump) => jump.batch === batch);

test('date mode: the batch of the same day jumps by 10000, and the jump is recorded', () => {
  const store = openOn(today, copyOf(dateMode, taken(40)), dateMode);
  expect(ofBatch(store, 240_321)).toMatchObject([
    { reason: 'databaseOlder', fromReference: 40, toReference: 10_041 },
  ]);
  expect(store.recordsMayBeMissing).toBe(true);
  expect(takeText(store)).toBe('240321/10041');
});

test('date mode: a day that the copy does not know may have been in use too', () => {
  const store = openOn(day('2021-03-26'), copyOf(dateMode, taken(40)), dateMode);
  expect(takeText(store, day('2021-03-26'))).toBe('260321/10001');
  expect(takeText(store, day('2021-03-25')), 'with the clock set back').toBe('250321/10001');
  expect(takeText(store, day('2021-03-27')), 'a day to come').toBe('270321/1');
});

test('sequence mode: the latest batch jumps by 10000 on the same day', () => {
  const store = openOn(today, copyOf(sequenceMode, taken(40)), sequenceMode);
  expect(takeText(store)).toBe('1/10041');
  expect(takeText(store, day('2021-03-25'))).toBe('2/1');
});

test('sequence mode: every day since may have opened a batch', () => {
  const store = openOn(day('2021-03-27'), copyOf(sequenceMode, taken(40)), sequenceMode);
  expect(takeText(store, day('2021-03-27'))).toBe('4/10001');
  expect(takeText(store, day('2021-03-28'))).toBe('5/1');
});

test('sequence mode: what no longer fits the batch is skipped in the next', () => {
  const seeded = (store: Store): void => {
    const next = { batch: 3 as BatchNumber, reference: 995_001 as ReferenceNumber };
    store.seedNumber(today, next, instantInDay(today, 1));
    take(store);
  };
  const store = openOn(today, copyOf(sequenceMode, seeded), sequenceMode);
  expect(takeText(store)).toBe('4/5003');
});

test('sequence mode: a batch that was only seeded counts from the day of the seed', () => {
  const seeded = (store: Store): void => {
    const next = { batch: 7 as BatchNumber, reference: 20 as ReferenceNumber };
    store.seedNumber(today, next, instantInDay(today, 1));
  };
  const store = openOn(day('2021-03-26'), copyOf(sequenceMode, seeded), sequenceMode);
  expect(takeText(store, day('2021-03-26'))).toBe('9/10001');
});

test('a mode that the copy does not know may have been in use after it', () => {
  const on = day('2021-03-26');
  const sequence = openOn(on, copyOf(dateMode, taken(3)), sequenceMode);
  expect(takeText(sequence, on)).toBe('3/10001');
  const dates = openOn(on, copyOf(sequenceMode, taken(3)), dateMode);
  expect(takeText(dates, on)).toBe('260321/10001');
});

test('it is done once: the next start, a kill too, goes on without a gap', () => {
  const disk = copyOf(sequenceMode, taken(40));
  const on = day('2021-03-27');
  const first = openOn(on, disk, sequenceMode);
  take(first, on);
  const jumps = first.numberJumps();
  const again = openOn(on, killedCopy(disk), sequenceMode);
  expect(takeText(again, on)).toBe('4/10002');
  expect(again.numberJumps()).toEqual(jumps);
});

test('the new marks hold what was skipped: lost with the database, it is not given out either', () => {
  const disk = copyOf(sequenceMode, taken(40));
  const on = day('2021-03-27');
  const first = openOn(on, disk, sequenceMode);
  expect(takeText(first, on)).toBe('4/10001');
  first.close();
  rmSync(join(disk, 'gerai.db'));
  const again = openIn(disk, { ...sequenceMode, beginNewDatabase: true }).store;
  expect(takeText(again, on)).toBe('4/10101');
  expect(takeText(again, day('2021-03-28'))).toBe('5/1');
});

test('a power cut between the new mark and the commit does not prove the copy', () => {
  const disk = copyOf(dateMode, taken(40));
  const raise = HighWater.prototype.raise;
  let cut = '';
  vi.spyOn(HighWater.prototype, 'raise').mockImplementation(function (this: HighWater, ...args) {
    raise.apply(this, args);
    cut = killedCopy(disk);
  });
  openOn(today, disk, dateMode);
  vi.restoreAllMocks();
  const found = readdirSync(cut).find((name) => name.endsWith('.json')) ?? '';
  expect(readFileSync(join(cut, found), 'utf8')).toContain('10040');
  const store = openOn(today, cut, dateMode);
  expect(takeText(store)).toBe('240321/10041');
  expect(store.recordsMayBeMissing).toBe(true);
});

test('the days in question reach from the copy to today, and no further than a month at either end', () => {
  const days = (known: string | null, now: string) =>
    daysInQuestion(known === null ? null : day(known), day(now));
  expect(days(null, '2021-03-24')).toEqual(['2021-03-24']);
  expect(days('2021-03-24', '2021-03-24')).toEqual(['2021-03-24']);
  expect(days('2021-02-27', '2021-03-02')).toEqual([
    '2021-02-27',
    '2021-02-28',
    '2021-03-01',
    '2021-03-02',
  ]);
  const far = days('2021-01-01', '2022-01-01');
  expect(far).toHaveLength(64);
  expect([far[0], far[31], far[32], far[63]]).toEqual([
    '2021-01-01',
    '2021-02-01',
    '2021-12-01',
    '2022-01-01',
  ]);
});

test('a clock that is behind the copy is wrong: the month after the copy is in question', () => {
  const days = daysInQuestion(day('2021-03-24'), day('1999-12-31'));
  expect([days[0], days[1], days.at(-1)]).toEqual(['1999-12-31', '2021-03-24', '2021-04-24']);
  const store = openOn(day('1999-12-31'), copyOf(sequenceMode, taken(3)), sequenceMode);
  expect(takeText(store)).toBe('32/10001');
  expect(takeText(store, day('2021-03-30'))).toBe('33/1');
});
