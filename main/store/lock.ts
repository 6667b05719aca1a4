import { join } from 'node:path';
import Database from 'better-sqlite3';
import { asStoreError } from './commits.ts';
import { dataFolderError, makeDataFolder } from './data-folder.ts';
import { ensureFile, errorCode, identityOf } from './disk.ts';
import { StoreUnavailable } from './errors.ts';

export interface FolderLock {
  /**
   * False once the lock's file was removed or replaced: then another till can lock the folder too,
   * and this one must not go on (rule 24). One look at the file's entry.
   * @throws StoreUnavailable if the disk does not say.
   */
  stillOurs(): boolean;
  release(): void;
}

/** Held here, so that a caller who drops its lock does not lose it to the garbage collector. */
const held = new Set<Database.Database>();

/**
 * Makes this process the only till on a data folder (rule 24). The lock is SQLite's own, on a file
 * that holds nothing: the system lets go of it when the process ends, however it ends.
 * @returns null if another process (or an earlier call) has the folder.
 * @throws DataFolderUnusable or StoreUnavailable if the folder cannot be used at all.
 */
export function lockDataFolder(directory: string): FolderLock | null {
  makeDataFolder(directory);
  const path = join(directory, 'instance.lock');
  let database: Database.Database | null = null;
  try {
    // SQLite would make it readable by all, and whoever can read it can hold it.
    ensureFile(path);
    database = new Database(path, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const code = errorCode(error);
    if (code.startsWith('SQLITE_BUSY')) return null;
    if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
      throw new StoreUnavailable(
        'ioError',
        `${path} is not ours; remove it and start again`,
        error,
      );
    }
    const named = dataFolderError(directory, error);
    throw named === error ? asStoreError(error) : named;
  }
  const lock = database;
  held.add(lock);
  const locked = identityOf(path);
  return {
    stillOurs: () => held.has(lock) && locked !== null && identityOf(path) === locked,
    release: () => {
      held.delete(lock);
      lock.close();
    },
  };
}
