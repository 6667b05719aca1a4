import type { Database, Statement } from 'better-sqlite3';
import { z } from 'zod';
import { invariant } from '../../shared/never.ts';
import { Instant, JakartaDay, jakartaDay } from '../../shared/time.ts';
import type { BatchNumber, Numbers, PaymentId, ReferenceNumber } from '../payment/types.ts';
import type { Commits } from './commits.ts';
import { NumbersExhausted, SeedImpossible, SeedNotForward } from './errors.ts';
import type { HighWater, Hint } from './high-water.ts';
import {
  batchMax,
  batchNumber,
  batchOfDay,
  dayOfBatch,
  referenceMax,
  referenceNumber,
  writeNumbers,
} from './numbering.ts';
import { parseRow } from './rows.ts';
import type { NumberingSettings, NumberJump } from './types.ts';

/** How far ahead of need the mark is written (rule 5). */
export const markStep = 100;

const Opening = z.object({ batch: z.number(), day: JakartaDay.nullable() });
type Opening = z.infer<typeof Opening>;

type Mode = NumberingSettings['numbering'];

const LastDays = z.object({ day: JakartaDay.nullable(), seededAt: Instant.nullable() });

const JumpRow = z.object({
  at: Instant,
  reason: z.enum(['seeded', 'databaseOlder', 'databaseNew']),
  batch: z.custom<BatchNumber>(Number.isInteger),
  fromReference: z.custom<ReferenceNumber>(Number.isInteger).nullable(),
  toReference: z.custom<ReferenceNumber>(Number.isInteger),
});

/**
 * Which number comes next (rules 1–5, 7). It keeps no counter on disk: the highest number of a batch
 * is read from the rows of all numbers given out, so that whatever is undone or restored, rows and
 * counter cannot disagree. What was read is remembered until a commit is undone.
 */
export class NumberBook {
  readonly #highWater: HighWater;
  readonly #settings: NumberingSettings;
  readonly #terminalId: number;
  readonly #tid: string;
  readonly #sql: ReturnType<typeof prepare>;
  /** The last number given out in the commit under way, to be noted once that is durable. */
  #pending: Hint | null = null;
  #jumps: number;
  #remembered = new Map<number, number>();
  #rememberedLatest = new Map<Mode, Opening | null>();
  /** The batch last given from: when another follows, its part of the mark can be made exact. */
  #lastBatch: number | null = null;

  constructor(parts: {
    database: Database;
    commits: Commits;
    highWater: HighWater;
    settings: NumberingSettings;
    terminalId: number;
    tid: string;
  }) {
    this.#highWater = parts.highWater;
    this.#settings = parts.settings;
    this.#terminalId = parts.terminalId;
    this.#tid = parts.tid;
    this.#sql = prepare(parts.database);
    this.#jumps = this.jumpCount();
    parts.commits.follow({
      committed: () => this.#note(),
      undone: () => {
        this.#pending = null;
        this.#forget();
      },
    });
  }

  /**
   * Gives out the next number of `day`, and a new invoice. Part of a commit: if that fails, the
   * number was not given out.
   * @throws NumbersExhausted (rules 3, 4)
   * @throws StoreUnavailable if the mark outside the database cannot be moved: no number then.
   */
  take(day: JakartaDay, at: Instant, token: string): Numbers {
    const next =
      this.#settings.numbering === 'date' ? this.#nextOfDay(day) : this.#nextInSequence(day);
    const reference = this.highest(next.batch) + 1;
    invariant(reference <= referenceMax, 'rule 1: a reference has at most six digits');
    const numbers = writeNumbers(next.batch, referenceNumber(reference), this.#settings, {
      tid: this.#tid,
      token,
    });
    this.#raiseMark(next.batch, reference, next.opens);
    if (next.opens !== null) this.#open(this.#settings.numbering, next.batch, next.opens, at);
    this.#sql.give.run(this.#terminalId, next.batch, reference, at);
    this.#remembered.set(next.batch, reference);
    const jumps = this.#pending?.jumps ?? this.#jumps;
    this.#pending = { batch: next.batch, reference, jumps };
    return numbers;
  }

  /** Ties a number that was given out to the one payment that takes it (N1). */
  claim(numbers: Numbers, payment: PaymentId): void {
    const claimed = this.#sql.claim.run(
      payment,
      this.#terminalId,
      numbers.batch,
      numbers.reference,
    );
    invariant(
      claimed.changes === 1,
      `N1: ${numbers.batch}/${numbers.reference} was given out, and to no other payment`,
    );
  }

  /**
   * Moves the next number forward (rule 7).
   * @throws SeedNotForward, SeedImpossible
   */
  seed(day: JakartaDay, next: { batch: number; reference: number }, at: Instant): void {
    const batch = batchNumber(next.batch);
    const reference = referenceNumber(next.reference);
    if (this.#settings.numbering === 'date') this.#checkSeedOfDay(day, batch);
    else this.#checkSeedInSequence(batch);
    const highest = this.highest(batch);
    if (reference <= highest) {
      throw new SeedNotForward(`batch ${batch} has already given out ${highest}`);
    }
    const sequence = this.#settings.numbering === 'sequence' ? { batch, day: null } : null;
    this.#highWater.raise(new Map([[batch, reference - 1]]), sequence);
    if (sequence !== null) this.#open('sequence', batch, null, at);
    this.#jump('seeded', batch, reference, at);
    this.#pending = { batch, reference: reference - 1, jumps: this.jumpCount() };
  }

  /** The highest reference given out or skipped in a batch; 0 if none. */
  highest(batch: number): number {
    const known = this.#remembered.get(batch);
    if (known !== undefined) return known;
    const read = count(this.#sql.highest.get(this.#terminalId, batch, this.#terminalId, batch));
    this.#remembered.set(batch, read);
    return read;
  }

  /** The highest of every batch; reads all numbers, so for rare occasions only. */
  highestOfAll(): Map<number, number> {
    const all = new Map<number, number>();
    for (const row of this.#sql.batches.all(this.#terminalId, this.#terminalId)) {
      const { batch } = parseRow(z.object({ batch: z.number() }), row, 'a batch');
      all.set(batch, this.highest(batch));
    }
    return all;
  }

  /** The highest of the batches last begun in each mode. */
  highestOfLatest(): Map<number, number> {
    const all = new Map<number, number>();
    for (const mode of ['date', 'sequence'] as const) {
      const batch = this.latest(mode)?.batch;
      if (batch !== undefined) all.set(batch, this.highest(batch));
    }
    return all;
  }

  /** The batch last begun or returned to in a mode. */
  latest(mode: Mode): Opening | null {
    const known = this.#rememberedLatest.get(mode);
    if (known !== undefined) return known;
    const row = this.#sql.latest.get(this.#terminalId, mode);
    const read =
      row === undefined ? null : parseRow(Opening, row, `the last batch of ${mode} mode`);
    this.#rememberedLatest.set(mode, read);
    return read;
  }

  /** The last day that a batch was begun for, in either mode; else that of a seed, or null. */
  lastDay(): JakartaDay | null {
    const row = this.#sql.lastDays.get(this.#terminalId);
    const { day, seededAt } = parseRow(LastDays, row, 'the days of the batches');
    return day ?? (seededAt === null ? null : jakartaDay(seededAt));
  }

  get mode(): Mode {
    return this.#settings.numbering;
  }

  /** Records that all numbers of a batch before `to` are skipped, if they were not already. */
  skipTo(reason: NumberJump['reason'], batch: number, to: number, at: Instant): boolean {
    if (to <= this.highest(batch) + 1) return false;
    this.#jump(reason, batchNumber(batch), to, at);
    return true;
  }

  /** Makes `batch` the latest of sequence mode. */
  openSequence(batch: number, day: JakartaDay | null, at: Instant): void {
    this.#open('sequence', batch, day, at);
  }

  /** Goes on from what the hint says was last given out. */
  goOnFrom(hint: Hint): void {
    this.#lastBatch = hint.batch === 0 ? null : hint.batch;
    this.#jumps = hint.jumps;
  }

  jumpCount(): number {
    return count(this.#sql.jumpCount.get(this.#terminalId));
  }

  jumps(): readonly NumberJump[] {
    return this.#sql.jumps
      .all(this.#terminalId)
      .map((row) => parseRow(JumpRow, row, 'a jump of the numbers'));
  }

  /** Date mode: a day's batch is its date, and cannot be incremented (rule 3). */
  #nextOfDay(day: JakartaDay): { batch: BatchNumber; opens: JakartaDay | null } {
    const batch = batchOfDay(day);
    if (this.highest(batch) >= referenceMax) throw new NumbersExhausted('useSequence');
    return { batch, opens: this.latest('date')?.batch === batch ? null : day };
  }

  /** Sequence mode: a new batch with a new day or after 999999; an earlier day opens none (rule 5). */
  #nextInSequence(day: JakartaDay): { batch: BatchNumber; opens: JakartaDay | null } {
    const latest = this.latest('sequence');
    let batch = 1;
    let opens = latest === null || latest.day === null;
    if (latest !== null) {
      const isNewDay = latest.day !== null && day > latest.day;
      batch = latest.batch + (isNewDay ? 1 : 0);
      opens ||= isNewDay;
    }
    // A batch that date mode or a lost database has used up already is passed over too.
    while (batch <= batchMax && this.highest(batch) >= referenceMax) {
      batch += 1;
      opens = true;
    }
    if (batch > batchMax) throw new NumbersExhausted('batches');
    const openDay = latest?.day != null && latest.day > day ? latest.day : day;
    return { batch: batchNumber(batch), opens: opens ? openDay : null };
  }

  /** A later batch, of a clock once set ahead, keeps nobody from seeding the batch of today. */
  #checkSeedOfDay(day: JakartaDay, batch: BatchNumber): void {
    const batchDay = dayOfBatch(batch);
    if (batchDay === null) {
      throw new SeedImpossible(`${batch} is no day written as ddmmyy, as date numbering wants it`);
    }
    if (batchDay < day)
      throw new SeedNotForward(`the batch is of ${batchDay}, and today is ${day}`);
  }

  #checkSeedInSequence(batch: BatchNumber): void {
    const latest = this.latest('sequence');
    if (latest !== null && batch < latest.batch) {
      throw new SeedNotForward(`batch ${batch} is before the present one, ${latest.batch}`);
    }
  }

  /** Before a number beyond the mark is given out, the mark moves ahead of it, durably. */
  #raiseMark(batch: BatchNumber, reference: number, opens: JakartaDay | null): void {
    const sequence =
      this.#settings.numbering === 'sequence' && opens !== null ? { batch, day: opens } : null;
    const isNewSequence = sequence !== null && !this.#highWater.isAtSequence(sequence);
    if (reference <= this.#highWater.of(batch) && !isNewSequence) return;
    const upTo = Math.min(reference - 1 + markStep, referenceMax);
    const exact = new Map<number, number>();
    if (this.#lastBatch !== null && this.#lastBatch !== batch) {
      exact.set(this.#lastBatch, this.highest(this.#lastBatch));
    }
    this.#highWater.raise(new Map([[batch, upTo]]), sequence, exact);
  }

  #open(mode: Mode, batch: number, day: JakartaDay | null, at: Instant): void {
    this.#sql.open.run({ terminal: this.#terminalId, mode, batch, day, at });
    this.#rememberedLatest.delete(mode);
  }

  #jump(reason: NumberJump['reason'], batch: BatchNumber, to: number, at: Instant): void {
    const highest = this.highest(batch);
    this.#sql.jump.run(this.#terminalId, at, reason, batch, highest === 0 ? null : highest, to);
    this.#remembered.delete(batch);
  }

  #forget(): void {
    this.#remembered.clear();
    this.#rememberedLatest.clear();
  }

  #note(): void {
    if (this.#pending === null) return;
    const hint = this.#pending;
    this.#pending = null;
    this.goOnFrom(hint);
    this.#highWater.note(hint);
  }
}

function count(value: unknown): number {
  invariant(typeof value === 'number', 'the store counts in numbers');
  return value;
}

function prepare(database: Database) {
  const one = (sql: string): Statement => database.prepare(sql).pluck();
  return {
    highest: one(`SELECT max(
      coalesce((SELECT max(reference) FROM numbers WHERE terminal_id = ? AND batch = ?), 0),
      coalesce((SELECT max(to_reference) - 1 FROM number_jumps WHERE terminal_id = ? AND batch = ?), 0))`),
    give: database.prepare(
      'INSERT INTO numbers (terminal_id, batch, reference, given_at) VALUES (?, ?, ?, ?)',
    ),
    claim: database.prepare(
      `UPDATE numbers SET payment_id = ?
       WHERE terminal_id = ? AND batch = ? AND reference = ? AND payment_id IS NULL`,
    ),
    latest: database.prepare(
      `SELECT batch, day FROM openings WHERE terminal_id = ? AND mode = ? ORDER BY n DESC LIMIT 1`,
    ),
    open: database.prepare(
      `INSERT INTO openings (terminal_id, mode, n, batch, day, at)
       SELECT @terminal, @mode, coalesce(max(n), 0) + 1, @batch, @day, @at
       FROM openings WHERE terminal_id = @terminal AND mode = @mode`,
    ),
    lastDays: database.prepare(
      `SELECT max(day) AS day, max(CASE WHEN day IS NULL THEN at END) AS seededAt
       FROM openings WHERE terminal_id = ?`,
    ),
    batches: database.prepare(
      `SELECT DISTINCT batch FROM numbers WHERE terminal_id = ?
       UNION SELECT batch FROM number_jumps WHERE terminal_id = ?`,
    ),
    jump: database.prepare(
      `INSERT INTO number_jumps (terminal_id, at, reason, batch, from_reference, to_reference)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ),
    jumps: database.prepare(
      `SELECT at, reason, batch, from_reference AS fromReference, to_reference AS toReference
       FROM number_jumps WHERE terminal_id = ? ORDER BY id`,
    ),
    jumpCount: one('SELECT count(*) FROM number_jumps WHERE terminal_id = ?'),
  };
}
