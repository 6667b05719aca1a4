import { createHash } from 'node:crypto';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import {
  begin,
  killedCopy,
  newFolder,
  openIn,
  takeText,
  terminal,
} from '../../test/support/store-kit.ts';
import { DatabaseBroken, DatabaseTooNew, NumberingUnusable, StoreUnavailable } from './errors.ts';
import { layoutVersion } from './migrations/index.ts';

/** A closed till's folder with some payments, all of them live. */
function folderWith(payments: number): string {
  const folder = newFolder();
  const { store } = openIn(folder);
  for (let n = 0; n < payments; n++) begin(store);
  store.close();
  return folder;
}

const databaseOf = (folder: string): string => join(folder, 'gerai.db');
const digest = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');

function capture(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    return error;
  }
}

/** Opens, expects the file to be set aside, and returns where it lies. */
function expectBroken(folder: string, why: RegExp): string {
  const error = capture(() => openIn(folder));
  expect(error).toBeInstanceOf(DatabaseBroken);
  if (!(error instanceof DatabaseBroken)) return '';
  expect(error.why).toMatch(why);
  const { setAsideIn } = error;
  if (setAsideIn === null) return expect.fail('something was set aside');
  expect(error.message).toContain(setAsideIn);
  return setAsideIn;
}

test('a missing folder is made, parents too', () => {
  const folder = join(newFolder(), 'a', 'b');
  expect(takeText(openIn(folder).store)).toBe('240321/1');
});

test('every commit waits for the disk, and tables are as strict as they can be', () => {
  const { database } = openIn(newFolder());
  const pragma = (name: string): unknown => database.pragma(name, { simple: true });
  expect(pragma('journal_mode')).toBe('wal');
  expect(pragma('synchronous')).toBe(2);
  expect(pragma('foreign_keys')).toBe(1);
  const loose = database.pragma('table_list');
  expect(loose).toEqual(
    expect.arrayContaining([expect.objectContaining({ name: 'payments', strict: 1 })]),
  );
  const ours = Array.isArray(loose) ? loose.filter(({ name }) => !name.startsWith('sqlite_')) : [];
  expect(ours.every(({ strict }) => strict === 1)).toBe(true);
});

test.skipIf(process.platform === 'win32')(
  'only its owner can read the database and its log',
  () => {
    const folder = newFolder();
    openIn(folder);
    const modes = ['', '-wal'].map((suffix) => statSync(databaseOf(folder) + suffix).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
  },
);

test('closing folds the log into the file', () => {
  const folder = folderWith(3);
  expect(readdirSync(folder).filter((name) => /-wal|-shm/.test(name))).toEqual([]);
});

const damage: [string, RegExp, (path: string) => void][] = [
  ['emptied', /0 bytes/, (path) => truncateSync(path, 0)],
  ['cut off in the head', /50 bytes/, (path) => truncateSync(path, 50)],
  ['cut off', /malformed/, (path) => truncateSync(path, readFileSync(path).length - 4096)],
  ['not a database', /not a database/, (path) => writeFileSync(path, 'x'.repeat(9_000))],
  [
    'overwritten in the middle',
    /./,
    (path) => {
      const bytes = readFileSync(path);
      bytes.fill(0x5a, 4096 * 2, 4096 * 6);
      writeFileSync(path, bytes);
    },
  ],
  [
    "another program's database",
    /not a database of Gerai/,
    (path) => {
      rmSync(path);
      const other = new Database(path);
      other.exec('CREATE TABLE t (a)');
      other.close();
    },
  ],
  [
    'without a guard of its tables',
    /tables/,
    (path) => {
      const database = new Database(path);
      database.exec('DROP TRIGGER journal_no_delete');
      database.close();
    },
  ],
  [
    'with a live payment that cannot be read',
    /payment 2 cannot be read back/,
    (path) => {
      const database = new Database(path);
      database.exec(`UPDATE payments SET state = '{"kind":"guessed"}' WHERE id = 2`);
      database.close();
    },
  ],
];

test.each(damage)('a file that is %s is set aside as it was found', (_how, why, break_) => {
  const folder = folderWith(40);
  break_(databaseOf(folder));
  const before = digest(databaseOf(folder));
  const setAsideIn = expectBroken(folder, why);
  expect(existsSync(databaseOf(folder))).toBe(false);
  expect(digest(join(setAsideIn, 'gerai.db'))).toBe(before);
});

test('the log of a broken file goes with it, unchanged', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  for (let n = 0; n < 3; n++) begin(store);
  const found = killedCopy(folder);
  const log = digest(`${databaseOf(found)}-wal`);
  writeFileSync(databaseOf(found), 'x'.repeat(9_000));
  const setAsideIn = expectBroken(found, /not a database/);
  expect(digest(join(setAsideIn, 'gerai.db-wal'))).toBe(log);
  expect(readdirSync(found).filter((name) => name.startsWith('gerai.db-'))).toEqual([]);
});

test('a file that is cut off is seen as such also beside a newer log', () => {
  const folder = newFolder();
  const { store, database } = openIn(folder);
  for (let n = 0; n < 200; n++) begin(store);
  database.pragma('wal_checkpoint(TRUNCATE)');
  begin(store);
  const found = killedCopy(folder);
  truncateSync(databaseOf(found), readFileSync(databaseOf(found)).length - 4096 * 50);
  expectBroken(found, /cut off/);
});

test('a sound file with an unreadable payment in its log is set aside with both unchanged', () => {
  const folder = newFolder();
  const { store, database } = openIn(folder);
  begin(store);
  database.exec(`UPDATE payments SET state = 'x' WHERE id = 1`);
  const found = killedCopy(folder);
  const before = ['', '-wal'].map((suffix) => digest(databaseOf(found) + suffix));
  const setAsideIn = expectBroken(found, /payment 1/);
  const after = ['', '-wal'].map((suffix) => digest(join(setAsideIn, `gerai.db${suffix}`)));
  expect(after).toEqual(before);
});

test('after a broken file the till stays shut until a person decides; then numbers jump on', () => {
  const folder = folderWith(5);
  writeFileSync(databaseOf(folder), 'x'.repeat(9_000));
  const setAsideIn = expectBroken(folder, /not a database/);
  expect(expectBroken(folder, /not a database/), 'again').toBe(setAsideIn);

  const { store } = openIn(folder, { beginNewDatabase: true });
  expect(takeText(store)).toBe('240321/101');
  expect(store.numberJumps()).toMatchObject([{ reason: 'databaseNew' }]);
  expect(existsSync(join(setAsideIn, 'gerai.db')), 'the damaged file is kept').toBe(true);
  store.close();
  expect(takeText(openIn(folder).store), 'and that was that').toBe('240321/102');
});

test('a good copy put back in its place is used', () => {
  const folder = folderWith(5);
  const good = join(newFolder(), 'good.db');
  copyFileSync(databaseOf(folder), good);
  writeFileSync(databaseOf(folder), 'x'.repeat(9_000));
  expectBroken(folder, /not a database/);
  copyFileSync(good, databaseOf(folder));
  const { store } = openIn(folder);
  expect(store.live()).toHaveLength(5);
  expect(takeText(store)).toBe('240321/6');
});

test('two broken files in one minute lie apart', () => {
  const folder = folderWith(1);
  const places = [1, 2].map(() => {
    writeFileSync(databaseOf(folder), 'x'.repeat(9_000));
    return expectBroken(folder, /not a database/);
  });
  expect(new Set(places).size).toBe(2);
});

test('beginning anew does nothing to a sound database', () => {
  const folder = folderWith(2);
  expect(openIn(folder, { beginNewDatabase: true }).store.live()).toHaveLength(2);
});

test('beginning anew does not pass over a file that is found broken only now', () => {
  const folder = folderWith(2);
  truncateSync(databaseOf(folder), 5_000);
  expect(() => openIn(folder, { beginNewDatabase: true })).toThrow(DatabaseBroken);
});

test('the log of a database that is gone is not played into the new one', () => {
  const folder = newFolder();
  const { store } = openIn(folder);
  begin(store);
  const found = killedCopy(folder);
  rmSync(databaseOf(found));
  const setAsideIn = expectBroken(found, /gone/);
  expect(existsSync(join(setAsideIn, 'gerai.db-wal'))).toBe(true);
  expect(expectBroken(found, /gone/), 'also at the next start').toBe(setAsideIn);
  const again = openIn(found, { beginNewDatabase: true }).store;
  expect(again.recent(5)).toEqual([]);
  expect(takeText(again)).toBe('240321/101');
});

test.each([/json$/, /last$/])(
  'a database that is gone: the till stays shut as long as anything tells that there was one',
  (left) => {
    const folder = folderWith(3);
    rmSync(databaseOf(folder));
    for (const name of readdirSync(folder)) if (!left.test(name)) rmSync(join(folder, name));
    for (const start of ['first', 'next']) {
      const error = capture(() => openIn(folder));
      expect(error, start).toBeInstanceOf(DatabaseBroken);
      expect(error, start).toMatchObject({ setAsideIn: null, why: 'it is gone' });
    }
    expect(readdirSync(folder), 'nothing was begun').not.toContain('gerai.db');
    expect(existsSync(join(folder, 'set-aside'))).toBe(false);

    const { store } = openIn(folder, { beginNewDatabase: true });
    expect(store.recordsMayBeMissing).toBe(true);
    expect(Number(takeText(store).split('/')[1])).toBeGreaterThan(3);
    store.close();
    openIn(folder);
  },
);

test('a database that is gone and put back goes on as if nothing had been', () => {
  const folder = folderWith(3);
  const elsewhere = join(newFolder(), 'moved.db');
  renameSync(databaseOf(folder), elsewhere);
  expect(() => openIn(folder)).toThrow(DatabaseBroken);
  renameSync(elsewhere, databaseOf(folder));
  const { store } = openIn(folder);
  expect(store.live()).toHaveLength(3);
  expect(takeText(store)).toBe('240321/4');
  expect(store.recordsMayBeMissing).toBe(false);
  store.close();
  expect(readdirSync(folder).filter((name) => name.includes('set-aside'))).toEqual([]);
});

test('a database that was opened and never used may go without a question', () => {
  const folder = newFolder();
  openIn(folder).store.close();
  rmSync(databaseOf(folder));
  expect(takeText(openIn(folder).store)).toBe('240321/1');
});

test('a half-made new database of a crash is made again', () => {
  const folder = newFolder();
  writeFileSync(`${databaseOf(folder)}.new`, 'half');
  expect(takeText(openIn(folder).store)).toBe('240321/1');
});

test('a database from a newer program is refused by name and left alone', () => {
  const folder = folderWith(2);
  const database = new Database(databaseOf(folder));
  database.pragma(`user_version = ${layoutVersion + 1}`);
  database.prepare(`UPDATE settings SET value = '9.1.0' WHERE name = 'program.version'`).run();
  database.close();
  const before = digest(databaseOf(folder));
  const error = capture(() => openIn(folder));
  expect(error).toBeInstanceOf(DatabaseTooNew);
  expect(error).toMatchObject({
    file: databaseOf(folder),
    fileVersion: layoutVersion + 1,
    ourVersion: layoutVersion,
  });
  expect(String(error)).toContain('Gerai 9.1.0');
  expect(digest(databaseOf(folder))).toBe(before);
});

test('a file that another program holds locked is not broken', () => {
  const folder = folderWith(2);
  const other = new Database(databaseOf(folder));
  other.pragma('locking_mode = EXCLUSIVE');
  other.exec('BEGIN EXCLUSIVE');
  const error = capture(() => openIn(folder));
  other.close();
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect(error).toMatchObject({ reason: 'locked' });
  expect(openIn(folder).store.live()).toHaveLength(2);
});

test('a path that cannot be a folder is told as such', () => {
  const file = join(newFolder(), 'file');
  writeFileSync(file, '');
  expect(() => openIn(join(file, 'data'))).toThrow(StoreUnavailable);
});

test('something else in the place of the database is not moved about', () => {
  const folder = newFolder();
  mkdirSync(databaseOf(folder));
  expect(() => openIn(folder)).toThrow(StoreUnavailable);
});

test('rule 3: the number format is refused in date mode', () => {
  const numbering = { numbering: 'date', numberFormat: 'number' } as const;
  expect(() => openIn(newFolder(), { numbering })).toThrow(NumberingUnusable);
});

test.each(['1234567890123456789012X', 'with space', 'small', ''])(
  'rule 7a: the tid "%s" cannot stand in an invoice',
  (tid) => {
    const folder = newFolder();
    expect(() => openIn(folder, { terminal: { ...terminal, tid } })).toThrow(NumberingUnusable);
    expect(readdirSync(folder)).toEqual([]);
  },
);

test('rule 7a: the longest tid fits', () => {
  const { store } = openIn(newFolder(), { terminal: { ...terminal, tid: 'T'.repeat(22) } });
  const invoice = store.commit(() => begin(store)).numbers?.invoice ?? '';
  expect(invoice).toHaveLength(50);
});

test('bytes after the end of the database are no damage', () => {
  const folder = folderWith(2);
  appendFileSync(databaseOf(folder), Buffer.alloc(4096));
  expect(openIn(folder).store.live()).toHaveLength(2);
});
