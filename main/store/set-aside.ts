import { join } from 'node:path';
import { z } from 'zod';
import type { Instant } from '../../shared/time.ts';
import { jakartaStamp } from '../../shared/time.ts';
import { ensureFolder, exists, moveDurably, readText, remove, replaceDurably } from './disk.ts';
import { DatabaseBroken } from './errors.ts';

/**
 * Where a damaged database goes: into a folder of its own, as it was found. A marker stays in the
 * data folder and keeps the till from starting with an empty one until a person has decided that. Of
 * a database that is gone there may be nothing to set aside; the marker is the same.
 */

const Marker = z.object({ setAsideIn: z.string().nullable(), why: z.string() });
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
    const folder = this.#freeFolder(at);
    const marker: Marker = { setAsideIn: folder, why };
    // The marker comes first: should the power go between the moves, the next start finds it, and
    // either the damaged file again or only its log files, which then follow (`begin`).
    replaceDurably(this.#markerPath, JSON.stringify(marker));
    this.#move(folder);
    return new DatabaseBroken(folder, why);
  }

  /**
   * Call when there is no database. Log files without one are moved away too: SQLite would play them
   * into the new database, or into an older copy that is put back.
   * @throws DatabaseBroken if one was set aside, or was in use here (`wasUsed`) and is gone, unless
   * `beginNew`.
   */
  begin(options: {
    readonly beginNew: boolean;
    readonly wasUsed: boolean;
    readonly at: Instant;
  }): void {
    const hasLog = suffixes.some((suffix) => exists(this.#database + suffix));
    let marker = this.#readMarker();
    let folder = marker?.setAsideIn ?? null;
    if (hasLog) folder ??= this.#freeFolder(options.at);
    if (marker === null ? hasLog || options.wasUsed : marker.setAsideIn !== folder) {
      marker = { setAsideIn: folder, why: marker?.why ?? 'it is gone' };
      replaceDurably(this.#markerPath, JSON.stringify(marker));
    }
    if (folder !== null && hasLog) this.#move(folder);
    if (marker !== null && !options.beginNew) throw new DatabaseBroken(folder, marker.why);
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
