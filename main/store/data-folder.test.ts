import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataFolderUnusable, dataFolderError, makeDataFolder } from './data-folder.ts';
import { StoreUnavailable } from './errors.ts';
import { lockDataFolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gerai-data-folder-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder that is not there is made, one that is there is taken', () => {
  const path = join(folder, 'new', 'till');
  makeDataFolder(path);
  makeDataFolder(path);
  expect(statSync(path).isDirectory()).toBe(true);
});

test.runIf(process.platform === 'linux')(
  'a place where no folder can be made is told at once',
  () => {
    expect(() => makeDataFolder('/proc/gerai/till')).toThrow(/no such place can be made there/);
  },
);

test('a file in its place: named, with what to do', () => {
  const path = join(folder, 'notes.txt');
  writeFileSync(path, '');
  for (const use of [makeDataFolder, lockDataFolder]) {
    expect(() => use(path)).toThrow(DataFolderUnusable);
    expect(() => use(path)).toThrow(
      `The data folder ${path} cannot be used: that is a file, not a folder; name another folder with --data or GERAI_DATA.`,
    );
  }
});

test('a path that leads through a file', () => {
  writeFileSync(join(folder, 'notes.txt'), '');
  expect(() => lockDataFolder(join(folder, 'notes.txt', 'till'))).toThrow(
    /notes\.txt.till cannot be used: a part of that path is a file/,
  );
});

test.each([
  ['EACCES', 'no permission; let the person who runs the till read and write it, or name another'],
  ['EPERM', 'no permission; let the person who runs the till'],
  ['EROFS', 'its disk can only be read'],
  ['ENOSPC', 'its disk is full'],
])('%s says what to do', (code, words) => {
  const error = Object.assign(new Error(code), { code });
  const wrapped = new StoreUnavailable('readOnly', 'at some place', error);
  for (const one of [error, wrapped]) {
    expect(dataFolderError('/till', one)).toBeInstanceOf(DataFolderUnusable);
    expect(String(dataFolderError('/till', one))).toContain(words);
    expect(String(dataFolderError('/till', one))).toContain(code);
  }
});

test('a lock that cannot be opened is the folder’s fault, not the books’', () => {
  mkdirSync(join(folder, 'instance.lock'));
  expect(() => lockDataFolder(folder)).toThrow(DataFolderUnusable);
});

test('a disk that fails stays a disk that fails', () => {
  const error = Object.assign(new Error('EIO'), { code: 'EIO' });
  expect(dataFolderError('/till', error)).toBe(error);
});
