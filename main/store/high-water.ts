import { join } from 'node:path';
import { z } from 'zod';
import { JakartaDay } from '../../shared/time.ts';
import { exists, InPlaceLine, namesIn, readText, replaceDurably } from './disk.ts';
import { isSixDigits } from './numbering.ts';
import type { TerminalKey } from './types.ts';

/**
 * What is known of given numbers outside the database, so that an older database put in its place
 * cannot bring them back (rule 5). Two files in the data folder:
 *
 * - the mark, `numbers-….json`: for each batch, up to where numbers may have been given out. Written
 *   ahead, durably, a hundred numbers at a time, so that it costs a payment nothing.
 * - the hint, `numbers-….last`: the last number given out, exactly. Rewritten in place after each
 *   commit without waiting for the disk; it tells at start whether the database is the one that gave
 *   it out, so that an ordinary restart goes on without a gap.
 */

const SixDigits = z.number().refine(isSixDigits);

const Mark = z.strictObject({
  format: z.literal(1),
  environment: z.string(),
  merchantId: z.string(),
  tid: z.string(),
  /** Rises by one with each writing of the mark. */
  serial: z.number().int().min(0).max(999_999_999),
  /** Sequence mode's latest batch, and the day it is for; null if none was given out in it yet. */
  sequence: z.strictObject({ batch: SixDigits, day: JakartaDay.nullable() }).nullable(),
  /** Batch as a decimal number → the highest reference that may have been given out in it. */
  batches: z.record(z.string().regex(/^[1-9]\d{0,5}$/), z.number().int().min(0).max(999_999)),
});
type Mark = z.infer<typeof Mark>;

export type SequenceAt = NonNullable<Mark['sequence']>;

/** The last number given out (or seeded past), and how many jumps the database had recorded. */
export interface Hint {
  readonly batch: number;
  /** 0 if none was given out in that batch. */
  readonly reference: number;
  readonly jumps: number;
}

/** A hint as it stands in its file: with the serial of the mark at that time. */
export interface StoredHint extends Hint {
  readonly serial: number;
}

export type Found<T> = { readonly kind: 'absent' | 'unreadable' } | Readable<T>;
interface Readable<T> {
  readonly kind: 'read';
  readonly value: T;
}

const hintLength = 64;

/** True if a terminal has given out numbers from this folder, whatever became of its database. */
export function hasGivenNumbers(directory: string): boolean {
  return namesIn(directory).some((name) => /^numbers-.*\.(json|last)$/.test(name));
}

export class HighWater {
  readonly markPath: string;
  readonly hintPath: string;
  readonly #terminal: TerminalKey;
  readonly #line: InPlaceLine;
  #mark: Mark;

  constructor(directory: string, terminal: TerminalKey) {
    const stem = join(directory, `numbers-${fileKey(terminal)}`);
    this.markPath = `${stem}.json`;
    this.hintPath = `${stem}.last`;
    this.#terminal = terminal;
    this.#line = new InPlaceLine(this.hintPath, hintLength);
    this.#mark = this.#empty();
  }

  /** Reads the mark from its file, and keeps it if it can be read. */
  readMark(): Found<Mark> {
    const text = readText(this.markPath);
    if (text === null) return { kind: 'absent' };
    const mark = Mark.safeParse(parseJson(text));
    if (!mark.success || !this.#isOurs(mark.data)) return { kind: 'unreadable' };
    this.#mark = mark.data;
    return { kind: 'read', value: mark.data };
  }

  readHint(): Found<StoredHint> {
    const text = readText(this.hintPath);
    if (text === null) return { kind: 'absent' };
    const hint = parseHint(text);
    return hint === null ? { kind: 'unreadable' } : { kind: 'read', value: hint };
  }

  /** Up to where numbers of the batch may have been given out; 0 for an unknown batch. */
  of(batch: number): number {
    return this.#mark.batches[batch] ?? 0;
  }

  /** True if the mark knows this as sequence mode's latest batch. */
  isAtSequence(at: SequenceAt): boolean {
    const known = this.#mark.sequence;
    return known !== null && known.batch === at.batch && known.day === at.day;
  }

  /**
   * Moves the mark, durably on return. A batch never goes down, except that `exact` may take back
   * what was written ahead for a batch that is no longer given from.
   * @throws StoreUnavailable: then the mark is as it was.
   */
  raise(
    upTo: ReadonlyMap<number, number>,
    sequence: SequenceAt | null,
    exact: ReadonlyMap<number, number> = new Map(),
  ): void {
    const batches = { ...this.#mark.batches };
    for (const [batch, reference] of exact) batches[batch] = reference;
    for (const [batch, reference] of upTo) {
      batches[batch] = Math.max(reference, batches[batch] ?? 0);
    }
    const mark: Mark = {
      ...this.#mark,
      serial: this.#mark.serial + 1,
      batches,
      sequence: sequence ?? this.#mark.sequence,
    };
    // The hint must be there before the first mark, else a crash between the two would look as if
    // the database were another one.
    if (!exists(this.hintPath)) this.replaceHint({ batch: 0, reference: 0, jumps: 0 });
    replaceDurably(this.markPath, JSON.stringify(mark));
    this.#mark = mark;
  }

  /** Starts anew from an empty mark in memory, later than `serial`; the next `raise` writes it. */
  forget(serial: number): void {
    this.#mark = { ...this.#empty(), serial };
  }

  /** Notes the last number given out, after its commit. Not waited for. */
  note(hint: Hint): void {
    this.#line.write(writeHint(hint, this.#mark.serial));
  }

  /** From now on, durably, the hint proves nothing, until it is replaced. */
  blankHint(): void {
    this.#line.close();
    replaceDurably(this.hintPath, '');
  }

  /** Writes the hint durably, as a new file. */
  replaceHint(hint: Hint): void {
    this.#line.close();
    replaceDurably(
      this.hintPath,
      writeHint(hint, this.#mark.serial)
        .padEnd(hintLength - 1)
        .concat('\n'),
    );
  }

  close(): void {
    this.#line.close();
  }

  #empty(): Mark {
    const { environment, merchantId, tid } = this.#terminal;
    return { format: 1, environment, merchantId, tid, serial: 0, sequence: null, batches: {} };
  }

  #isOurs(mark: Mark): boolean {
    const { environment, merchantId, tid } = this.#terminal;
    return mark.environment === environment && mark.merchantId === merchantId && mark.tid === tid;
  }
}

/** `batch reference jumps serial check`, the check telling a torn or foreign line from a whole one. */
function writeHint(hint: Hint, serial: number): string {
  const fields = `${hint.batch} ${hint.reference} ${hint.jumps} ${serial}`;
  return `${fields} ${checkOf(fields)}`;
}

function parseHint(text: string): StoredHint | null {
  const match = /^((\d{1,6}) (\d{1,6}) (\d{1,9}) (\d{1,9})) (\d+) *\n$/.exec(text);
  if (match === null || text.length !== hintLength) return null;
  const [, fields = '', batch, reference, jumps, serial, check] = match;
  if (Number(check) !== checkOf(fields)) return null;
  return {
    batch: Number(batch),
    reference: Number(reference),
    jumps: Number(jumps),
    serial: Number(serial),
  };
}

/** FNV-1a, 32 bits: against accidents, not against people. */
function checkOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  }
  return hash;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A file name of its own for each terminal, also on disks that do not tell A from a. */
function fileKey(terminal: TerminalKey): string {
  const plain = (text: string): string =>
    text.replace(/[^A-Z0-9]/g, (mark) => `_${mark.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return [terminal.environment, plain(terminal.merchantId), plain(terminal.tid)].join('-');
}
