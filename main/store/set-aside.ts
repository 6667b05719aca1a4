import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../shared/time.ts';
import { jakartaStamp } from '../../shared/time.ts';
import { ensureFolder, exists, moveDurably, readText, remove, replaceDurably } from './disk.ts';
import { DatabaseBroken } from './errors.ts';

/**
 * Where a damaged database goes: into a folder of its own, as it was found. A marker stays in the
 * data folder and keeps the till from starting with an empty one until a person has decided that.
 */

const Marker = z.object({ setAsideIn: z.string(), why: z.string() });
type Marker = z.infer<typeof Marker>;

/** A database is up to three files; the first holds the payments, the others what is newest. */
const suffixes = ['', '-wal', '-shm'];

export class SetAside {
  readonly #directory: string;
  readonly #database: string;
  readonly #markerPath: string;

  constructor(directory: string, database: string) {
    this.#directory = directory;
    this.#database = database;
    this.#markerPath = `${database}.set-aside.json`;
  }

  /** Moves the database away unchanged, leaves the marker, and returns what to throw. */
  put(why: string, at: Instant): DatabaseBroken {
    const marker: Marker = { setAsideIn: this.#freeFolder(at), why };
    // The marker comes first: should the power go between the moves, the next start finds it, and
    // either the damaged file again or only its log files, which then follow (`begin`).
    replaceDurably(this.#markerPath, JSON.stringify(marker));
    this.#move(marker.setAsideIn);
    return new DatabaseBroken(marker.setAsideIn, marker.why);
  }

  /**
   * Call when there is no database. Log files without one are moved away too: SQLite would play them
   * into the new database.
   * @throws DatabaseBroken if one was set aside, unless `beginNew`.
   */
  begin(beginNew: boolean, at: Instant): void {
    const marker = this.#readMarker();
    if (suffixes.some((suffix) => exists(this.#database + suffix))) {
      this.#move(marker?.setAsideIn ?? this.#freeFolder(at));
    }
    if (marker !== null && !beginNew) throw new DatabaseBroken(marker.setAsideIn, marker.why);
  }

  /** A sound database is in place: nothing keeps the till from starting any more. */
  clear(): void {
    remove(this.#markerPath);
  }

  #move(folder: string): void {
    ensureFolder(folder);
    for (const suffix of suffixes) {
      const file = this.#database + suffix;
      if (exists(file)) moveDurably(file, join(folder, `gerai.db${suffix}`));
    }
  }

  #readMarker(): Marker | null {
    const text = readText(this.#markerPath);
    if (text === null) return null;
    const unknown = { setAsideIn: join(this.#directory, 'set-aside'), why: 'see that folder' };
    try {
      return Marker.catch(unknown).parse(JSON.parse(text));
    } catch {
      return unknown;
    }
  }

  #freeFolder(at: Instant): string {
    const stamp = jakartaStamp(at).slice(0, 19).replaceAll(/[-:]/g, '').replace(' ', '-');
    const base = join(this.#directory, 'set-aside', `gerai-${stamp}`);
    for (let n = 1; ; n++) {
      const folder = n === 1 ? base : `${base}-${n}`;
      if (!exists(folder)) return folder;
    }
  }
}
