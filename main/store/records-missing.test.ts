import { copyFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dayMs, type Instant, instant } from '../../shared/time.ts';
import {
  begin,
  day,
  killedCopy,
  newFolder,
  noon,
  openIn,
  take,
} from '../../test/support/store-kit.ts';

/* A database that is older than the last numbers: payments may be missing in it, and that is told. */

/** A killed till: a payment in the file, and two more that only the log has. */
function killed(): string {
  const folder = newFolder();
  const { store, database } = openIn(folder);
  begin(store);
  database.pragma('wal_checkpoint(TRUNCATE)');
  begin(store);
  begin(store);
  return killedCopy(folder);
}

const wall = (at: number) => ({ clock: { wall: (): Instant => instant(at) } });

test('a first start, an ordinary restart and a kill miss nothing', () => {
  const folder = newFolder();
  const first = openIn(folder).store;
  expect(first.recordsMayBeMissing).toBe(false);
  begin(first);
  expect(openIn(killedCopy(folder)).store.recordsMayBeMissing).toBe(false);
  first.close();
  expect(openIn(folder).store.recordsMayBeMissing).toBe(false);
});

test.each([
  ['lost', (log: string) => rmSync(log)],
  ['emptied', (log: string) => truncateSync(log, 0)],
  ['cut in its middle', (log: string) => truncateSync(log, 20_000)],
])('a log %s after a kill', (_how, harm) => {
  const folder = killed();
  harm(join(folder, 'gerai.db-wal'));
  const { store } = openIn(folder);
  expect(store.recent(5).length).toBeLessThan(3);
  expect(store.recordsMayBeMissing).toBe(true);
  expect(take(store).reference, 'rule 5').toBe(101);
});

test('it is told in the start that found it, then for a day after, and by the clock of that time', () => {
  const folder = killed();
  rmSync(join(folder, 'gerai.db-wal'));
  let now = noon;
  const found = openIn(folder, { clock: { wall: () => now } }).store;
  now = instant(noon + 30 * dayMs);
  expect(found.recordsMayBeMissing, 'as long as it runs').toBe(true);
  found.close();

  now = instant(noon + dayMs - 1);
  const next = openIn(folder, { clock: { wall: () => now } }).store;
  expect(next.recordsMayBeMissing).toBe(true);
  now = instant(noon + dayMs);
  expect(next.recordsMayBeMissing).toBe(false);
  next.close();
  expect(openIn(folder, wall(noon + 2 * dayMs)).store.recordsMayBeMissing).toBe(false);
});

test('a seed is no sign of missing records', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  const { batch, reference } = take(store);
  store.seedNumber(
    day('2021-03-24'),
    { batch, reference: (reference + 9) as typeof reference },
    noon,
  );
  expect(store.recordsMayBeMissing).toBe(false);
});

test('also where all numbers of the batch were used, and none is left to skip', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  const { batch } = take(store);
  store.seedNumber(day('2021-03-24'), { batch, reference: 999_999 as never }, noon);
  take(store);
  store.close();
  const hint = readdirSync(folder).find((name) => name.endsWith('.last')) ?? '';
  writeFileSync(join(folder, hint), '');
  const again = openIn(folder).store;
  expect(again.numberJumps()).toHaveLength(1);
  expect(again.recordsMayBeMissing).toBe(true);
});

test('a good database of before, put back in the place of a broken one', () => {
  const folder = newFolder();
  openIn(folder).store.close();
  const backup = join(newFolder(), 'backup.db');
  copyFileSync(join(folder, 'gerai.db'), backup);
  const { store } = openIn(folder);
  begin(store);
  store.close();
  copyFileSync(backup, join(folder, 'gerai.db'));
  expect(openIn(folder).store.recordsMayBeMissing).toBe(true);
});
