/** Any reason for which the store cannot do as asked. Messages are sentences for people. */
export class StoreError extends Error {
  override name = 'StoreError';
}

export type StoreTrouble = 'diskFull' | 'locked' | 'readOnly' | 'ioError' | 'gone';

const troubleWords: Record<StoreTrouble, string> = {
  diskFull: 'the disk is full',
  locked: 'another program holds the database locked',
  readOnly: 'the data folder cannot be written to',
  ioError: 'the disk reports an error',
  gone: 'the database in use is no longer where it was',
};

/** The disk would not take or give what was asked. Of the commit under way nothing was kept. */
export class StoreUnavailable extends StoreError {
  override name = 'StoreUnavailable';
  readonly reason: StoreTrouble;
  constructor(reason: StoreTrouble, detail: string, cause?: unknown) {
    super(`Nothing was saved: ${troubleWords[reason]} (${detail}).`, { cause });
    this.reason = reason;
  }
}

/** The database was written by a newer program; this one leaves it alone. */
export class DatabaseTooNew extends StoreError {
  override name = 'DatabaseTooNew';
  readonly file: string;
  readonly fileVersion: number;
  readonly ourVersion: number;
  constructor(file: string, fileVersion: number, ourVersion: number, writtenBy: string | null) {
    const by = writtenBy === null ? '' : `, last used by Gerai ${writtenBy}`;
    super(
      `${file} has the layout ${fileVersion}${by}; this program knows layouts up to ${ourVersion}. ` +
        'It was left as it is. Install the newer program again.',
    );
    this.file = file;
    this.fileVersion = fileVersion;
    this.ourVersion = ourVersion;
  }
}

/**
 * The database cannot be trusted, or is not there although it was. What was found of it is set aside
 * unchanged; the till waits for a person's decision.
 */
export class DatabaseBroken extends StoreError {
  override name = 'DatabaseBroken';
  /** The folder in which the file now lies, with its log files; null if there was nothing to move. */
  readonly setAsideIn: string | null;
  readonly why: string;
  constructor(setAsideIn: string | null, why: string) {
    const moved =
      setAsideIn === null
        ? 'Its payments may still be unfinished at OVO: '
        : `What was found of it was moved unchanged to ${setAsideIn}. ` +
          'Its payments may still be unfinished at OVO: keep that folder, and ';
    super(
      `The payment database is damaged or missing (${why}). ${moved}` +
        'put a good copy back as gerai.db, ' +
        'or start once with --begin-new-database to go on with an empty one.',
    );
    this.setAsideIn = setAsideIn;
    this.why = why;
  }
}

/** A row cannot be read back as what was written. Says which; nothing is guessed in its place. */
export class RecordUnreadable extends StoreError {
  override name = 'RecordUnreadable';
  constructor(what: string, why: string) {
    super(`${what} cannot be read back: ${why}`);
  }
}

/**
 * No number is left to give. `useSequence`: the day's 999999 are used up in date mode (rule 3);
 * `batches`: sequence mode is past batch 999999 (rule 4).
 */
export class NumbersExhausted extends StoreError {
  override name = 'NumbersExhausted';
  readonly remedy: 'useSequence' | 'batches';
  constructor(remedy: 'useSequence' | 'batches') {
    super(
      remedy === 'useSequence'
        ? 'All 999999 numbers of today are used. Set the numbering of this terminal to "sequence".'
        : 'All 999999 batches of this terminal are used. It needs a new terminal id (tid) from OVO.',
    );
    this.remedy = remedy;
  }
}

/** Seeding would go back to numbers that may have been used (rule 7). */
export class SeedNotForward extends StoreError {
  override name = 'SeedNotForward';
  constructor(why: string) {
    super(`The numbers can only be moved forward: ${why}.`);
  }
}

/** A seed that names no possible number: not 1 … 999999, or in date mode no day as ddmmyy. */
export class SeedImpossible extends StoreError {
  override name = 'SeedImpossible';
}

/** The terminal's settings cannot make numbers that OVO takes (rules 3, 7a). */
export class NumberingUnusable extends StoreError {
  override name = 'NumberingUnusable';
}

/** Numbers were given out before, and neither database nor files can tell any more how far. */
export class NumberMarkBroken extends StoreError {
  override name = 'NumberMarkBroken';
  constructor(file: string) {
    super(
      `${file} cannot be read, and the database does not know which numbers were used before. ` +
        'Put a good copy of the file back; or delete it and the file beside it that ends in .last, ' +
        "start, and seed batch and reference past the last ones in OVO's records before taking payments.",
    );
  }
}
