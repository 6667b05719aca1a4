import type { Database as Connection } from 'better-sqlite3';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { asStoreError } from './commits.ts';
import { errorCode, readHead, sizeOf } from './disk.ts';
import { DatabaseTooNew, RecordUnreadable } from './errors.ts';
import { applicationId, layoutVersion, migrate, versionOf } from './migrations/index.ts';
import { readLive } from './payments.ts';

/** Files up to this size are read whole at start; larger ones are looked at where it costs no time. */
const readWholeMax = 16 * 1024 * 1024;
const magic = 'SQLite format 3\0';
const headLength = 100;

/** How long a start waits for another program's lock, in milliseconds. */
export const openTimeoutMs = 250;

/**
 * Looks whether a database file is whole, without changing it: it is opened for reading only, since
 * closing a connection that may write would fold the log into a file that is perhaps damaged.
 * @returns what is wrong, or null.
 * @throws DatabaseTooNew, StoreUnavailable
 */
export function faultOf(path: string): string | null {
  const head = readHead(path, headLength);
  if (head.length < headLength) return `it has only ${head.length} bytes`;
  if (head.toString('latin1', 0, magic.length) !== magic) return 'it is not a database';
  let database: Connection | null = null;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true, timeout: openTimeoutMs });
    return faultIn(database, path);
  } catch (error) {
    if (error instanceof RecordUnreadable) return error.message;
    const code = errorCode(error);
    if (/^SQLITE_(CORRUPT|NOTADB|ERROR|FORMAT)/.test(code)) return `${code}: ${String(error)}`;
    throw asStoreError(error);
  } finally {
    database?.close();
  }
}

function faultIn(database: Connection, path: string): string | null {
  if (database.pragma('application_id', { simple: true }) !== applicationId) {
    return 'it is not a database of Gerai';
  }
  const version = versionOf(database);
  if (version > layoutVersion) {
    throw new DatabaseTooNew(path, version, layoutVersion, writtenBy(database));
  }
  if (version < 1) return 'it is empty';
  const bytes = sizeOf(path);
  const fault =
    faultOfSize(database, bytes, sizeOf(`${path}-wal`)) ??
    faultOfLayout(database, version) ??
    (bytes <= readWholeMax ? faultOfPages(database) : null);
  if (fault !== null || version < layoutVersion) return fault;
  readEnds(database);
  readLive(database);
  return null;
}

/** Pages that are not in the file must be in its log. */
function faultOfSize(database: Connection, bytes: number, logBytes: number): string | null {
  const pages = z.number().parse(database.pragma('page_count', { simple: true }));
  const pageSize = z.number().parse(database.pragma('page_size', { simple: true }));
  if (bytes + logBytes >= pages * pageSize) return null;
  return `it is cut off: ${bytes} of ${pages * pageSize} bytes`;
}

/** Tables, indexes and triggers must be those that the migrations make. */
function faultOfLayout(database: Connection, version: number): string | null {
  const fresh = new Database(':memory:');
  try {
    migrate(fresh, { upTo: version });
    const [found, expected] = [layoutOf(database), layoutOf(fresh)];
    if (found === expected) return null;
    return 'its tables are not as they were made';
  } finally {
    fresh.close();
  }
}

function layoutOf(database: Connection): string {
  const rows = database
    .prepare(
      `SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema
       WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name`,
    )
    .pluck()
    .all();
  return JSON.stringify(rows);
}

function faultOfPages(database: Connection): string | null {
  const result = database.pragma('quick_check(1)', { simple: true });
  return result === 'ok' ? null : String(result);
}

/** Each table of the present layout with its key. */
const keys: Readonly<Record<string, readonly string[]>> = {
  terminals: ['id'],
  payments: ['id'],
  journal: ['id'],
  numbers: ['terminal_id', 'batch', 'reference'],
  openings: ['terminal_id', 'mode', 'n'],
  number_jumps: ['id'],
  traces: ['kind', 'value', 'payment_id'],
  settings: ['name'],
  live_bound: ['only_row'],
};

/** Reads the first and the last row of each table: what can be seen of a large file at once. */
function readEnds(database: Connection): void {
  for (const [table, key] of Object.entries(keys)) {
    for (const way of ['ASC', 'DESC']) {
      const order = key.map((column) => `${column} ${way}`).join(', ');
      database.prepare(`SELECT * FROM ${table} ORDER BY ${order} LIMIT 1`).get();
    }
  }
}

function writtenBy(database: Connection): string | null {
  try {
    const version = database
      .prepare("SELECT value FROM settings WHERE name = 'program.version'")
      .pluck()
      .get();
    return typeof version === 'string' ? version : null;
  } catch {
    // A newer layout may keep it elsewhere.
    return null;
  }
}
