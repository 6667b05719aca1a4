import { join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { invariant } from '../../shared/never.ts';
import { dayMs } from '../../shared/time.ts';
import type { PaymentId } from '../payment/types.ts';
import type { Clock } from '../platform/clock.ts';
import { asStoreError, Commits } from './commits.ts';
import { ensureFolder, identityOf } from './disk.ts';
import { StoreUnavailable } from './errors.ts';
import { HighWater } from './high-water.ts';
import { Journal } from './journal.ts';
import { NumberBook } from './number-book.ts';
import { checkNumbering } from './numbering.ts';
import { openFile } from './open-file.ts';
import { Payments } from './payments.ts';
import { reconcile } from './reconcile.ts';
import type { NumberingSettings, Store, TerminalKey } from './types.ts';

export interface StoreOptions {
  /** The data folder; made if it is not there. */
  readonly directory: string;
  readonly terminal: TerminalKey;
  readonly numbering: NumberingSettings;
  /** Dates what is set aside or skipped, and tells when a skip is a day old. */
  readonly clock: Pick<Clock, 'wall'>;
  /** The program's version, kept in the database for a program that finds it too new. */
  readonly version: string;
  /** Goes on with an empty database in place of one set aside or gone; without one, changes nothing. */
  readonly beginNewDatabase?: boolean;
}

export const databaseName = 'gerai.db';
const versionSetting = 'program.version';

/**
 * Opens the till's memory. One at a time for a data folder: see lock.ts.
 * @throws NumberingUnusable, DatabaseBroken, DatabaseTooNew, NumberMarkBroken, StoreUnavailable
 */
export function openStore(options: StoreOptions): Store {
  return openStoreOver(options).store;
}

/** The same, with the database under it, for tests and measurements that look beneath. */
export function openStoreOver(options: StoreOptions): { store: Store; database: Database } {
  checkNumbering(options.numbering, options.terminal.tid);
  ensureFolder(options.directory);
  const at = options.clock.wall();
  const path = join(options.directory, databaseName);
  const database = openFile(options.directory, path, {
    beginNew: options.beginNewDatabase ?? false,
    at,
  });
  const highWater = new HighWater(options.directory, options.terminal);
  try {
    const commits = new Commits(database);
    const terminalId = commits.run(() => findTerminal(database, options.terminal));
    const book = new NumberBook({
      database,
      commits,
      highWater,
      settings: options.numbering,
      terminalId,
      tid: options.terminal.tid,
    });
    const found = commits.run(() => reconcile(book, highWater, at));
    found.follow();
    const store = storeOver({
      database,
      commits,
      book,
      highWater,
      terminalId,
      recordsMayBeMissing: missingRecords(found.isAnother, book, options.clock),
      stillThere: watchFiles([path, `${path}-wal`]),
    });
    if (store.setting(versionSetting) !== options.version) {
      store.setSetting(versionSetting, options.version);
    }
    return { store, database };
  } catch (error) {
    highWater.close();
    database.close();
    throw asStoreError(error);
  }
}

interface Parts {
  readonly database: Database;
  readonly commits: Commits;
  readonly book: NumberBook;
  readonly highWater: HighWater;
  readonly terminalId: number;
  readonly recordsMayBeMissing: () => boolean;
  readonly stillThere: () => void;
}

function storeOver(parts: Parts): Store {
  const { database, commits, book, highWater, terminalId } = parts;
  const journal = new Journal(database);
  const payments = new Payments(database, journal, book, terminalId);
  const ids = paymentIds(commits, payments.maxId());
  const readSetting = database.prepare('SELECT value FROM settings WHERE name = ?').pluck();
  const writeSetting = database.prepare(
    'INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  return {
    commit: (work) => commits.run(work),
    nextPaymentId: ids,
    save: (save) => commits.write(() => payments.save(save)),
    recordRequest: (id, attempt, request, at) =>
      commits.write(() => journal.appendRequest(id, attempt, request, at)),
    recordEnd: (id, attempt, end, at) =>
      commits.write(() => journal.appendEnd(id, attempt, end, at)),
    takeNumber: (day, at, token) => commits.write(() => book.take(day, at, token)),
    seedNumber: (day, next, at) => commits.run(() => commits.write(() => book.seed(day, next, at))),
    numberJumps: () => commits.read(() => book.jumps()),
    get recordsMayBeMissing() {
      return parts.recordsMayBeMissing();
    },
    live: () => commits.read(() => payments.live()),
    recent: (limit) => commits.read(() => payments.recent(limit)),
    payment: (id) => commits.read(() => payments.find(id)),
    events: (id) => commits.read(() => journal.events(id)),
    exchanges: (id) => commits.read(() => journal.exchanges(id)),
    inBooks: (notOf, traceNumber, approvalCode) =>
      commits.read(() => payments.inBooks(notOf, traceNumber, approvalCode)),
    setting: (name) =>
      commits.read(() => {
        const value = readSetting.get(name);
        return typeof value === 'string' ? value : null;
      }),
    setSetting: (name, value) =>
      commits.run(() => commits.write(() => void writeSetting.run(name, value))),
    stillThere: parts.stillThere,
    close: () => close(database, highWater),
  };
}

/**
 * Whether payments may be missing in the database. It is told for a day, across restarts; a jump from
 * the future, of a clock once set wrong, is not told until then.
 */
function missingRecords(
  isAnother: boolean,
  book: NumberBook,
  clock: StoreOptions['clock'],
): () => boolean {
  const foundAt = book.jumps().filter(({ reason }) => reason !== 'seeded');
  return () => {
    const now = clock.wall();
    return isAnother || foundAt.some(({ at }) => Math.abs(now - at) < dayMs);
  };
}

/** Remembers which files are open; SQLite keeps to them, whatever becomes of their names. */
function watchFiles(paths: readonly string[]): () => void {
  const opened = paths.map((path) => ({ path, identity: identityOf(path) }));
  return () => {
    for (const { path, identity } of opened) {
      if (identity === null || identityOf(path) === identity) continue;
      throw new StoreUnavailable('gone', `${path} was removed, moved or replaced`);
    }
  };
}

/**
 * Hands out ids that no stored payment has. One that was handed out in a commit that was undone is
 * handed out again.
 */
function paymentIds(commits: Commits, stored: number): () => PaymentId {
  let last = stored;
  let kept = stored;
  commits.follow({
    committed: () => {
      kept = last;
    },
    undone: () => {
      last = kept;
    },
  });
  return () => {
    last += 1;
    if (!commits.isRunning) kept = last;
    return last as PaymentId;
  };
}

function findTerminal(database: Database, terminal: TerminalKey): number {
  const key = [terminal.environment, terminal.merchantId, terminal.tid];
  const find = database
    .prepare('SELECT id FROM terminals WHERE environment = ? AND merchant_id = ? AND tid = ?')
    .pluck();
  if (find.get(...key) === undefined) {
    database
      .prepare('INSERT INTO terminals (environment, merchant_id, tid) VALUES (?, ?, ?)')
      .run(...key);
  }
  const id = find.get(...key);
  invariant(typeof id === 'number', 'the terminal has its row');
  return id;
}

function close(database: Database, highWater: HighWater): void {
  if (!database.open) return;
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
  } catch {
    // All is in the log already, durably; the next start folds it in.
  } finally {
    database.close();
    highWater.close();
  }
}
