import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder, openIn, take, takeText } from '../../test/support/store-kit.ts';
import { asStoreError } from './commits.ts';
import { StoreUnavailable } from './errors.ts';

/* What SQLite says, in words for people. */

const ofSqlite = (code: string): Error => Object.assign(new Error('its own words'), { code });

test.each([
  ['SQLITE_FULL', 'diskFull', 'the disk is full'],
  ['SQLITE_IOERR_SHMSIZE', 'diskFull', 'the disk is full'],
  ['SQLITE_READONLY_DBMOVED', 'gone', 'no longer where it was'],
  ['SQLITE_READONLY_DIRECTORY', 'readOnly', 'cannot be written to'],
  ['SQLITE_READONLY', 'readOnly', 'cannot be written to'],
  ['SQLITE_BUSY_SNAPSHOT', 'locked', 'another program'],
  ['SQLITE_IOERR_FSYNC', 'ioError', 'the disk reports an error'],
  ['SQLITE_CANTOPEN', 'ioError', 'the disk reports an error'],
])('%s means %s', (code, reason, words) => {
  const said = asStoreError(ofSqlite(code));
  expect(said).toBeInstanceOf(StoreUnavailable);
  expect(said).toMatchObject({ reason });
  expect(String(said)).toContain(words);
  expect(String(said), 'for whoever looks closer').toContain(code);
});

test('a fault of the program stays what it is', () => {
  for (const error of [ofSqlite('SQLITE_CONSTRAINT_UNIQUE'), new Error('a plain one'), 'a text']) {
    expect(asStoreError(error)).toBe(error);
  }
});

test('a start that cannot write what it must says so in words, keeps nothing, and can be repeated', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  take(store);
  store.close();
  const mark = readdirSync(folder).find((name) => name.endsWith('.json')) ?? '';
  for (const name of readdirSync(folder)) if (name !== 'gerai.db') rmSync(join(folder, name));
  // A folder where the new mark is to be written stands for a disk that takes nothing.
  const blocked = join(folder, `${mark}.new`);
  mkdirSync(blocked);
  for (const start of ['first', 'next']) {
    expect(() => openIn(folder), start).toThrow(StoreUnavailable);
  }
  rmSync(blocked, { recursive: true });
  const again = openIn(folder).store;
  expect(again.numberJumps().filter(({ batch }) => batch === 240_321)).toHaveLength(1);
  expect(takeText(again)).toBe('240321/10002');
});
