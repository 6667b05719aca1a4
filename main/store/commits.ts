import type { Database, Statement } from 'better-sqlite3';
import { invariant } from '../../shared/never.ts';
import { errorCode } from './disk.ts';
import type { StoreTrouble } from './errors.ts';
import { NumbersExhausted, SeedImpossible, SeedNotForward, StoreUnavailable } from './errors.ts';

const troubles: Readonly<Record<string, StoreTrouble>> = {
  SQLITE_FULL: 'diskFull',
  SQLITE_BUSY: 'locked',
  SQLITE_LOCKED: 'locked',
  SQLITE_PROTOCOL: 'locked',
  SQLITE_READONLY: 'readOnly',
  SQLITE_READONLY_DBMOVED: 'gone',
  SQLITE_PERM: 'readOnly',
  SQLITE_IOERR: 'ioError',
  // The log's index cannot grow: what a full disk answers to a start.
  SQLITE_IOERR_SHMSIZE: 'diskFull',
  SQLITE_CANTOPEN: 'ioError',
  SQLITE_NOMEM: 'ioError',
  SQLITE_CORRUPT: 'ioError',
  SQLITE_NOTADB: 'ioError',
};

/** What may be caught inside a commit that then goes on: each is thrown before anything is written. */
const refusals = [NumbersExhausted, SeedNotForward, SeedImpossible];

/** What SQLite's error means to the till: StoreUnavailable for trouble with the disk, else itself. */
export function asStoreError(error: unknown): unknown {
  const code = errorCode(error);
  const reason = troubles[code] ?? troubles[code.split('_').slice(0, 2).join('_')];
  if (reason === undefined) return error;
  return new StoreUnavailable(
    reason,
    `${code}: ${error instanceof Error ? error.message : ''}`,
    error,
  );
}

/** What else must follow, or be undone, when a transaction ends. */
export interface Follower {
  /** Called after the transaction is durable. Must not throw. */
  committed(): void;
  /** Called after it was undone. Must not throw. */
  undone(): void;
}

/**
 * The store's one transaction at a time. Either all of it is durable on return, or none of it.
 * Once anything in it has failed for want of a disk, or a nested commit has thrown, it can only be
 * undone, even if the caller goes on: SQLite may have rolled back by itself, and what followed would
 * be written piece by piece.
 */
export class Commits {
  readonly #database: Database;
  readonly #begin: Statement<[]>;
  readonly #commit: Statement<[]>;
  readonly #rollback: Statement<[]>;
  readonly #followers: Follower[] = [];
  #depth = 0;
  #doom: { readonly error: unknown } | null = null;

  constructor(database: Database) {
    this.#database = database;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
  }

  get isRunning(): boolean {
    return this.#depth > 0;
  }

  follow(follower: Follower): void {
    this.#followers.push(follower);
  }

  run<T>(work: () => T): T {
    if (this.#depth > 0) return this.#join(work);
    this.#start();
    let result: T;
    try {
      result = work();
      invariant(!isPromise(result), 'N2: the work of a commit is synchronous');
      if (this.#doom !== null) throw this.#doom.error;
      this.#commit.run();
    } catch (error) {
      throw this.#undo(error);
    }
    this.#depth = 0;
    for (const follower of this.#followers) follower.committed();
    return result;
  }

  /** Writes, as a part of the commit under way. */
  write<T>(work: () => T): T {
    invariant(this.#depth > 0, 'N2: the store is written to only inside a commit');
    if (this.#doom !== null) throw this.#doom.error;
    try {
      return work();
    } catch (error) {
      const known = asStoreError(error);
      // A refusal (no number left, a seed backward) wrote nothing, and the caller may go on.
      const isRefusal = refusals.some((refusal) => known instanceof refusal);
      if (!isRefusal || !this.#database.inTransaction) this.#doom = { error: known };
      throw known;
    }
  }

  read<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asStoreError(error);
    }
  }

  #start(): void {
    try {
      this.#begin.run();
    } catch (error) {
      throw asStoreError(error);
    }
    this.#depth = 1;
    this.#doom = null;
  }

  #join<T>(work: () => T): T {
    this.#depth += 1;
    try {
      return work();
    } catch (error) {
      this.#doom ??= { error };
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  #undo(error: unknown): unknown {
    this.#depth = 0;
    this.#doom = null;
    try {
      if (this.#database.inTransaction) this.#rollback.run();
    } catch (second) {
      // The file is in a worse way than the first error said; the transaction is not durable anyway.
      return new StoreUnavailable('ioError', 'could not roll back', second);
    } finally {
      for (const follower of this.#followers) follower.undone();
    }
    return asStoreError(error);
  }
}

function isPromise(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}
