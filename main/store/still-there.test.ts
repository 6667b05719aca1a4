import { copyFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { begin, newFolder, openIn } from '../../test/support/store-kit.ts';
import { StoreUnavailable } from './errors.ts';
import { lockDataFolder } from './lock.ts';

/* N2, rule 24: files that are removed or replaced under the running till. */

const onPosix = process.platform !== 'win32';

function expectGone(look: () => void, file: string): void {
  expect(look).toThrow(StoreUnavailable);
  expect(look).toThrow(expect.objectContaining({ reason: 'gone' }));
  expect(look).toThrow(`${file} was removed, moved or replaced`);
}

test('N2: an open database is still there, whatever is committed and folded in', () => {
  const { store, database } = openIn(newFolder());
  expect(() => store.stillThere()).not.toThrow();
  for (let n = 0; n < 20; n++) begin(store);
  database.pragma('wal_checkpoint(TRUNCATE)');
  begin(store);
  expect(() => store.stillThere()).not.toThrow();
});

test.runIf(onPosix)('N2: a file removed under the till is noticed, and its return too', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  begin(store);
  for (const name of ['gerai.db', 'gerai.db-wal']) {
    const [here, elsewhere] = [join(folder, name), join(folder, 'elsewhere')];
    renameSync(here, elsewhere);
    expectGone(() => store.stillThere(), name);
    copyFileSync(elsewhere, here);
    expectGone(() => store.stillThere(), name);
    renameSync(elsewhere, here);
    expect(() => store.stillThere(), 'put back').not.toThrow();
  }
});

test.runIf(onPosix)('N2: the whole folder moved away is noticed', () => {
  const parent = newFolder();
  const { store } = openIn(join(parent, 'data'));
  renameSync(join(parent, 'data'), join(parent, 'moved'));
  expectGone(() => store.stillThere(), 'gerai.db');
});

test.runIf(onPosix)('a disk that does not answer is told as such', () => {
  const parent = newFolder();
  const { store } = openIn(join(parent, 'data'));
  renameSync(join(parent, 'data'), join(parent, 'moved'));
  // Links in a ring stand for a folder that cannot be looked into.
  symlinkSync('data', join(parent, 'data'));
  expect(() => store.stillThere()).toThrow(expect.objectContaining({ reason: 'ioError' }));
});

test.runIf(onPosix)('rule 24: a lock whose file was removed or replaced is no longer ours', () => {
  const folder = newFolder();
  const file = join(folder, 'instance.lock');
  const lock = lockDataFolder(folder);
  expect(lock?.stillOurs()).toBe(true);
  rmSync(file);
  expect(lock?.stillOurs()).toBe(false);
  writeFileSync(file, '');
  expect(lock?.stillOurs()).toBe(false);
  const other = lockDataFolder(folder);
  expect(other?.stillOurs(), 'another till has it now').toBe(true);
  expect(lock?.stillOurs()).toBe(false);
  lock?.release();
  other?.release();
  expect(other?.stillOurs()).toBe(false);
});
