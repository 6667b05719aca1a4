import type { Database as Connection } from 'better-sqlite3';
import Database from 'better-sqlite3';
import { invariant } from '../../shared/never.ts';
import type { Instant } from '../../shared/time.ts';
import { faultOf, openTimeoutMs } from './check.ts';
import { asStoreError } from './commits.ts';
import { checkWritable, createEmpty, exists, moveDurably, remove } from './disk.ts';
import { RecordUnreadable, StoreUnavailable } from './errors.ts';
import { hasGivenNumbers } from './high-water.ts';
import { layoutVersion, migrate, versionOf } from './migrations/index.ts';
import { readLive } from './payments.ts';
import { SetAside } from './set-aside.ts';

/** How long a commit waits for another program's lock; more would be felt at the till. */
const busyTimeoutMs = 40;

/**
 * Opens the database file of a data folder: makes it if there is none, looks whether it is whole,
 * brings it to the newest layout. A folder in which numbers were given out had a database: there a
 * missing one is like a damaged one, and only a folder without any begins by itself.
 * @param beginNew a person has decided to go on without the database that was set aside or lost.
 * @throws DatabaseBroken, DatabaseTooNew, StoreUnavailable
 */
export function openFile(
  directory: string,
  path: string,
  options: { readonly beginNew: boolean; readonly at: Instant },
): Connection {
  const setAside = new SetAside(directory, path);
  checkWritable(directory);
  if (exists(path)) {
    checkWritable(path);
    const fault = faultOf(path);
    if (fault !== null) throw setAside.put(fault, options.at);
  } else {
    setAside.begin({ ...options, wasUsed: hasGivenNumbers(directory) });
    create(path);
  }
  const database = openSound(path, setAside, options.at);
  setAside.clear();
  return database;
}

/** Makes the file whole under another name first: a crash leaves no half-made database behind. */
function create(path: string): void {
  const next = `${path}.new`;
  for (const leftOver of [next, `${next}-journal`]) remove(leftOver);
  createEmpty(next);
  try {
    const database = new Database(next, { timeout: openTimeoutMs });
    try {
      database.pragma('synchronous = FULL');
      migrate(database);
    } finally {
      database.close();
    }
  } catch (error) {
    throw asStoreError(error);
  }
  moveDurably(next, path);
}

function openSound(path: string, setAside: SetAside, at: Instant): Connection {
  let database: Connection;
  try {
    database = new Database(path, { fileMustExist: true, timeout: openTimeoutMs });
  } catch (error) {
    throw asStoreError(error);
  }
  try {
    configure(database);
    if (versionOf(database) < layoutVersion) migrate(database, { check: () => readLive(database) });
    database.pragma(`busy_timeout = ${busyTimeoutMs}`);
    return database;
  } catch (error) {
    database.close();
    if (error instanceof RecordUnreadable) throw setAside.put(error.message, at);
    throw asStoreError(error);
  }
}

/** Every commit is on the disk when it returns; on a Mac that takes the two words more. */
function configure(database: Connection): void {
  const mode = database.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') {
    throw new StoreUnavailable('ioError', 'this disk cannot keep a write-ahead log');
  }
  database.pragma('synchronous = FULL');
  database.pragma('fullfsync = ON');
  database.pragma('checkpoint_fullfsync = ON');
  database.pragma('foreign_keys = ON');
  database.pragma('trusted_schema = OFF');
  invariant(
    database.pragma('synchronous', { simple: true }) === 2,
    'N2: a commit waits for the disk',
  );
}
