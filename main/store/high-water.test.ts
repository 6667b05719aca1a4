import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { instantInDay } from '../../shared/time.ts';
import {
  begin,
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
import { NumberMarkBroken, StoreUnavailable } from './errors.ts';

/* Rule 5: an older, new or foreign database does not bring back numbers that were given out. */

const files = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith('numbers-') && name.endsWith(ending))
    .map((name) => join(folder, name));
const only = (paths: string[]): string => {
  expect(paths).toHaveLength(1);
  return paths[0] ?? '';
};
const markOf = (folder: string): string => only(files(folder, '.json'));
const hintOf = (folder: string): string => only(files(folder, '.last'));

const anew = { beginNewDatabase: true };

function dropDatabase(folder: string): void {
  for (const suffix of ['', '-wal', '-shm'])
    rmSync(join(folder, `gerai.db${suffix}`), { force: true });
}

/** A folder whose till has taken `count` payments on `on`, then ended as `how` says. */
function used(count: number, how: 'closed' | 'killed', mode = {}, on = today): string {
  const folder = newFolder();
  const { store } = openIn(folder, mode);
  for (let n = 0; n < count; n++) take(store, on);
  if (how === 'killed') return killedCopy(folder);
  store.close();
  return folder;
}

test.each(['closed', 'killed'] as const)('a till that was %s goes on without a gap', (how) => {
  for (const count of [1, 99, 100, 101]) {
    const { store } = openIn(used(count, how));
    expect(takeText(store)).toBe(`240321/${count + 1}`);
    expect(store.numberJumps()).toEqual([]);
  }
});

test('a till that was opened and never used starts at 1, however often it was opened', () => {
  const folder = newFolder();
  openIn(folder).store.close();
  openIn(folder).store.close();
  const { store } = openIn(folder);
  expect(takeText(store)).toBe('240321/1');
  expect(store.numberJumps()).toEqual([]);
});

test('the mark is ahead of every number given out, a hundred at a time', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  const marked = (): unknown => JSON.parse(readFileSync(markOf(folder), 'utf8')).batches;
  take(store);
  expect(marked()).toEqual({ 240321: 100 });
  for (let n = 2; n <= 100; n++) take(store);
  expect(marked()).toEqual({ 240321: 100 });
  take(store);
  expect(marked()).toEqual({ 240321: 200 });
  take(store, day('2021-03-25'));
  expect(marked(), 'a batch that has ended is known exactly').toEqual({ 240321: 101, 250321: 100 });
});

test('an older database in its place: numbers jump past the mark, and the jump is recorded', () => {
  const folder = newFolder();
  const first = openIn(folder);
  for (let n = 0; n < 30; n++) take(first.store);
  first.store.close();
  const backup = join(newFolder(), 'backup.db');
  copyFileSync(join(folder, 'gerai.db'), backup);
  const second = openIn(folder);
  for (let n = 0; n < 10; n++) take(second.store);
  second.store.close();

  copyFileSync(backup, join(folder, 'gerai.db'));
  const { store } = openIn(folder);
  expect(takeText(store)).toBe('240321/101');
  expect(store.numberJumps()).toEqual([
    { at: noon, reason: 'databaseOlder', batch: 240_321, fromReference: 30, toReference: 101 },
  ]);
  store.close();
  const again = openIn(folder).store;
  expect(takeText(again), 'once, not at every start').toBe('240321/102');
  expect(again.numberJumps()).toHaveLength(1);
});

test('an older database in place of a killed one, its newer log gone', () => {
  const folder = newFolder();
  const { store, database } = openIn(folder);
  take(store);
  database.pragma('wal_checkpoint(TRUNCATE)');
  for (let n = 0; n < 120; n++) take(store);
  const found = killedCopy(folder);
  rmSync(join(found, 'gerai.db-wal'));
  rmSync(join(found, 'gerai.db-shm'));
  expect(takeText(openIn(found).store)).toBe('240321/201');
});

test('the database gone: a new one jumps past the mark of every batch', () => {
  const folder = used(3, 'closed');
  const second = openIn(folder);
  for (let n = 0; n < 2; n++) take(second.store, day('2021-03-25'));
  second.store.close();
  dropDatabase(folder);
  const { store } = openIn(folder, anew);
  expect(takeText(store, day('2021-03-25'))).toBe('250321/101');
  expect(takeText(store, today), 'nor with the clock set back').toBe('240321/4');
  expect(store.numberJumps().map(({ reason, batch }) => [reason, batch])).toEqual([
    ['databaseNew', 240_321],
    ['databaseNew', 250_321],
  ]);
});

test('the database gone in sequence mode: the sequence goes on where it was', () => {
  const folder = used(3, 'closed', sequenceMode);
  const second = openIn(folder, sequenceMode);
  take(second.store, day('2021-03-25'));
  second.store.close();
  dropDatabase(folder);
  const { store } = openIn(folder, { ...sequenceMode, ...anew });
  expect(takeText(store, day('2021-03-25'))).toBe('2/101');
  expect(takeText(store, day('2021-03-26'))).toBe('3/1');
});

test('a seed is not undone by an older database', () => {
  const folder = used(1, 'closed', sequenceMode);
  const backup = join(newFolder(), 'backup.db');
  copyFileSync(join(folder, 'gerai.db'), backup);
  const second = openIn(folder, sequenceMode);
  second.store.seedNumber(
    today,
    { batch: 9 as BatchNumber, reference: 1 as ReferenceNumber },
    noon,
  );
  second.store.close();
  copyFileSync(backup, join(folder, 'gerai.db'));
  expect(takeText(openIn(folder, sequenceMode).store)).toBe('9/1');
});

test('the mark gone: the database goes on, and the mark is made anew', () => {
  const folder = used(40, 'killed');
  rmSync(markOf(folder));
  const { store } = openIn(folder);
  expect(takeText(store)).toBe('240321/41');
  expect(store.numberJumps()).toEqual([]);
  expect(JSON.parse(readFileSync(markOf(folder), 'utf8')).batches).toEqual({ 240321: 140 });
});

test('the mark gone and an older database: numbers jump past the hint', () => {
  const folder = used(40, 'closed');
  rmSync(markOf(folder));
  dropDatabase(folder);
  expect(takeText(openIn(folder, anew).store)).toBe('240321/141');
});

test.each(['new', 'older'])(
  'the mark gone and a database that is %s: the sequence goes on past the hint',
  (which) => {
    const folder = used(1, 'closed', sequenceMode);
    const backup = killedCopy(folder);
    const { store } = openIn(folder, sequenceMode);
    for (const on of ['2021-03-25', '2021-03-26', '2021-03-27']) take(store, day(on));
    store.close();
    rmSync(markOf(folder));
    dropDatabase(folder);
    if (which === 'older') copyFileSync(join(backup, 'gerai.db'), join(folder, 'gerai.db'));
    const clock = { wall: () => instantInDay(day('2021-03-27'), 1) };
    const again = openIn(folder, { ...sequenceMode, ...anew, clock }).store;
    expect(takeText(again, day('2021-03-27'))).toBe('4/102');
    expect(takeText(again, day('2021-03-28'))).toBe('5/1');
  },
);

test.each([
  ['gone', null],
  ['empty', ''],
  ['torn', '240321 4'],
  ['zeros', '\0'.repeat(64)],
  ['of other numbers', `${'240321 41 0 1 12345'.padEnd(63)}\n`],
])('the hint %s: nothing proves the database, so numbers jump past the mark', (_how, text) => {
  const folder = used(40, 'killed');
  if (text === null) rmSync(hintOf(folder));
  else writeFileSync(hintOf(folder), text);
  const { store } = openIn(folder);
  expect(store.numberJumps()).toMatchObject([{ reason: 'databaseOlder', toReference: 101 }]);
  expect(takeText(store)).toBe('240321/101');
  store.close();
  expect(takeText(openIn(folder).store)).toBe('240321/102');
});

test('a hint some seconds old, as a power cut leaves it, is behind the database: no jump', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  for (let n = 0; n < 5; n++) take(store);
  const stale = readFileSync(hintOf(folder));
  for (let n = 0; n < 5; n++) take(store);
  const found = killedCopy(folder);
  writeFileSync(hintOf(found), stale);
  const again = openIn(found).store;
  expect(takeText(again)).toBe('240321/11');
  expect(again.numberJumps()).toEqual([]);
});

test('database and hint restored together from before, the mark not', () => {
  const folder = used(10, 'closed');
  const then = killedCopy(folder);
  const second = openIn(folder);
  for (let n = 0; n < 250; n++) take(second.store);
  second.store.close();
  copyFileSync(join(then, 'gerai.db'), join(folder, 'gerai.db'));
  copyFileSync(hintOf(then), hintOf(folder));
  expect(takeText(openIn(folder).store)).toBe('240321/301');
});

test('an unreadable mark without a database that knows better: the till does not start', () => {
  const folder = used(40, 'closed');
  writeFileSync(markOf(folder), '{"format":1');
  writeFileSync(hintOf(folder), 'x');
  dropDatabase(folder);
  expect(() => openIn(folder, anew)).toThrow(NumberMarkBroken);
});

test('an unreadable mark with the right database is made anew', () => {
  const folder = used(40, 'closed');
  writeFileSync(markOf(folder), 'x');
  expect(takeText(openIn(folder).store)).toBe('240321/41');
});

test('a crash between the mark and the commit leaves no gap', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  let found = '';
  store.commit(() => {
    store.takeNumber(today, noon, token);
    found = killedCopy(folder);
  });
  const again = openIn(found).store;
  expect(takeText(again)).toBe('240321/1');
  expect(again.numberJumps()).toEqual([]);

  for (let n = 0; n < 99; n++) take(store);
  store.commit(() => {
    store.takeNumber(today, noon, token);
    found = killedCopy(folder);
  });
  expect(takeText(openIn(found).store)).toBe('240321/101');
});

test('a crash between the commit and the hint leaves no gap', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  take(store);
  const before = readFileSync(hintOf(folder));
  take(store);
  const found = killedCopy(folder);
  writeFileSync(hintOf(found), before);
  expect(takeText(openIn(found).store)).toBe('240321/3');
});

test('a mark that cannot be written: no number is given out, and nothing is kept', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  for (let n = 0; n < 100; n++) begin(store);
  // A folder where the new mark is to be written stands for a disk that takes nothing.
  const blocked = `${markOf(folder)}.new`;
  rmSync(blocked, { force: true });
  mkdirSync(blocked);
  expect(() => begin(store)).toThrow(StoreUnavailable);
  expect(store.recent(1)[0]?.state.id).toBe(100);
  rmSync(blocked, { recursive: true });
  expect(begin(store)).toMatchObject({ id: 101, numbers: { reference: 101 } });
});
