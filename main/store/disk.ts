import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { StoreTrouble } from './errors.ts';
import { StoreUnavailable } from './errors.ts';

/**
 * Everything the store does with files beside SQLite's own work.
 * All of it throws StoreUnavailable with the system's reason.
 */

const reasons: Readonly<Record<string, StoreTrouble>> = {
  ENOSPC: 'diskFull',
  EDQUOT: 'diskFull',
  EROFS: 'readOnly',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EBUSY: 'locked',
};

/** The `code` of a system or SQLite error, or an empty text. */
export function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : '';
}

function attempt<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = errorCode(error);
    if (code === '') throw error;
    throw new StoreUnavailable(reasons[code] ?? 'ioError', `${code} at ${path}`, error);
  }
}

/** False only if there surely is none: a disk that does not answer is no missing file. */
export function exists(path: string): boolean {
  return attempt(path, () => statSync(path, { throwIfNoEntry: false }) !== undefined);
}

/** True for a folder, false for a file or nothing. */
export function isFolder(path: string): boolean {
  return attempt(path, () => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false);
}

/** The names in a folder. */
export function namesIn(path: string): readonly string[] {
  return attempt(path, () => readdirSync(path));
}

/**
 * Tells one file from another that later stands under the same name, as long as the first is held
 * open; null if there is none.
 */
export function identityOf(path: string): string | null {
  return attempt(path, () => {
    const found = statSync(path, { bigint: true, throwIfNoEntry: false });
    return found === undefined ? null : `${found.dev}/${found.ino}`;
  });
}

/** Makes a folder with its parents, durably; only its owner may look inside a new one. */
export function ensureFolder(path: string): void {
  if (existsSync(path)) return;
  attempt(path, () => {
    // One by one: where no folder can be made (below /proc) Node's recursive mkdir never returns.
    const missing = [path];
    for (let at = dirname(path); !existsSync(at) && at !== dirname(at); at = dirname(at)) {
      missing.unshift(at);
    }
    for (const folder of missing) makeFolder(folder);
  });
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    // Another program may have made it in between.
    if (errorCode(error) !== 'EEXIST' || !isFolder(path)) throw error;
  }
  syncFolder(dirname(path));
}

/** Makes an empty file that nobody else may open; one that is there is left as it is. */
export function ensureFile(path: string): void {
  attempt(path, () => closeSync(openSync(path, 'a', 0o600)));
}

/** Throws if a file or folder may not be written to. */
export function checkWritable(path: string): void {
  attempt(path, () => accessSync(path, constants.R_OK | constants.W_OK));
}

/** The text of a file, or null if there is none. */
export function readText(path: string): string | null {
  return attempt(path, () => (existsSync(path) ? readFileSync(path, 'utf8') : null));
}

/** Size in bytes, 0 if there is no such file. */
export function sizeOf(path: string): number {
  return attempt(path, () => statSync(path, { throwIfNoEntry: false })?.size ?? 0);
}

/** The first bytes of a file, as many as there are up to `length`. */
export function readHead(path: string, length: number): Buffer {
  return attempt(path, () => {
    const file = openSync(path, 'r');
    try {
      const head = Buffer.alloc(length);
      return head.subarray(0, readSync(file, head, 0, length, 0));
    } finally {
      closeSync(file);
    }
  });
}

/** Replaces a file by a new one of this text, whole or not at all; durable on return. */
export function replaceDurably(path: string, text: string): void {
  const next = `${path}.new`;
  attempt(path, () => {
    const file = openSync(next, 'w', 0o600);
    try {
      const bytes = Buffer.from(text, 'utf8');
      if (writeSync(file, bytes) !== bytes.length) {
        throw new StoreUnavailable('diskFull', `short write at ${path}`);
      }
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(next, path);
    syncFolder(dirname(path));
  });
}

/** Makes an empty file that only its owner may read; SQLite's log files take its mode over. */
export function createEmpty(path: string): void {
  attempt(path, () => closeSync(openSync(path, 'wx', 0o600)));
}

/** Moves a file, durably; both names on one disk. */
export function moveDurably(from: string, to: string): void {
  attempt(from, () => {
    renameSync(from, to);
    syncFolder(dirname(to));
    if (dirname(from) !== dirname(to)) syncFolder(dirname(from));
  });
}

/** Removes a file if it is there, durably. */
export function remove(path: string): void {
  if (!existsSync(path)) return;
  attempt(path, () => {
    rmSync(path);
    syncFolder(dirname(path));
  });
}

/** Makes the names in a folder durable. Windows cannot open a folder and does this by itself. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * A file of one short line of fixed length, rewritten in place without waiting for the disk. It
 * survives the end of the process, and loses at most the last seconds in a power cut.
 */
export class InPlaceLine {
  readonly #path: string;
  readonly #length: number;
  #file: number | null = null;

  constructor(path: string, length: number) {
    this.#path = path;
    this.#length = length;
  }

  /** Tries to write; a failure is only reported, since the line is a hint. */
  write(line: string): boolean {
    try {
      this.#file ??= openSync(this.#path, 'r+');
      const bytes = Buffer.from(line.padEnd(this.#length - 1).concat('\n'), 'latin1');
      return (
        bytes.length === this.#length &&
        writeSync(this.#file, bytes, 0, bytes.length, 0) === bytes.length
      );
    } catch {
      this.close();
      return false;
    }
  }

  close(): void {
    if (this.#file === null) return;
    const file = this.#file;
    this.#file = null;
    try {
      closeSync(file);
    } catch {
      // Nothing can be done about it, and nothing depends on it.
    }
  }
}
