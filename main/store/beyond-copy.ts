import type { Instant } from '../../shared/time.ts';
import { dayMs, instantInDay, type JakartaDay, jakartaDay } from '../../shared/time.ts';
import type { Hint } from './high-water.ts';
import type { NumberBook } from './number-book.ts';
import { batchMax, batchNumber, batchOfDay, dayOfBatch, referenceMax } from './numbering.ts';
import type { NumberJump } from './types.ts';

/*
 * A copy of the database, put on a new disk without the files that say how far the numbers had come.
 * What was given out after the copy was made must be guessed, on the safe side (rule 5). The same copy
 * put back twice over is guessed the same twice over: that cannot be noticed, and wants a seed (rule 7).
 */

/** So many references are skipped in each batch that may have been in use after the copy. */
export const skippedReferences = 10_000;
/** How long a copy may have been out of date where the PC's clock is no help in telling it. */
const daysMax = 31;

interface Copy {
  readonly reason: NumberJump['reason'];
  readonly at: Instant;
  /** What was last given out, where that is known: its own batch needs no guess. */
  readonly hint: Hint | null;
}

/** Skips what may have been given out since the copy, in both modes; what is skipped is recorded. */
export function skipBeyondCopy(book: NumberBook, copy: Copy): void {
  const today = jakartaDay(copy.at);
  const known = book.lastDay();
  for (const day of daysInQuestion(known, today)) skipIn(book, copy, batchOfDay(day));

  const latest = book.latest('sequence');
  const batch = sequenceReached(book, copy, known, today);
  if (batch === 0) return;
  const left = skipIn(book, copy, batch);
  // What no longer fits a batch of the sequence was given out in the next.
  if (left > 0 && batch < batchMax) skipIn(book, copy, batch + 1, left);
  // Without a day: its first payment gives it one, so that a wrong clock of now does not stay with it.
  if (latest === null || latest.batch < batch) book.openSequence(batch, null, copy.at);
}

/**
 * Days whose batch may have been in use: from the last one that the copy knows to today. The clock of
 * a machine set up anew may be wrong, so the month after the known day counts too, if the clock is
 * behind it or far ahead; between the two, long ago, no more than a month at either end.
 */
export function daysInQuestion(known: JakartaDay | null, today: JakartaDay): JakartaDay[] {
  if (known === null) return [today];
  const days = new Set([today]);
  for (let n = 0; n <= daysMax; n++) {
    const [after, before] = [daysFrom(known, n), daysFrom(today, -n)];
    if (after <= today || today < known) days.add(after);
    if (before >= known) days.add(before);
  }
  return [...days].sort();
}

/** The batch that the sequence may have come to: one more each day since. 0 if there was none. */
function sequenceReached(
  book: NumberBook,
  { hint }: Copy,
  known: JakartaDay | null,
  today: JakartaDay,
): number {
  let reached = 0;
  if (known !== null) {
    const days = Math.round((instantInDay(today, 0) - instantInDay(known, 0)) / dayMs);
    reached = (book.latest('sequence')?.batch ?? 1) + (days >= 0 ? days : daysMax);
  }
  // A hint of the date mode says nothing about the sequence; where that is not sure, it counts.
  const hinted = hint?.batch ?? 0;
  if (hinted > reached && (book.mode === 'sequence' || dayOfBatch(batchNumber(hinted)) === null)) {
    reached = hinted;
  }
  return Math.min(reached, batchMax);
}

/** @returns how many of `count` the batch had no room for. */
function skipIn(book: NumberBook, copy: Copy, batch: number, count = skippedReferences): number {
  if (batch === copy.hint?.batch) return 0;
  const wanted = book.highest(batch) + count;
  book.skipTo(copy.reason, batch, Math.min(wanted, referenceMax) + 1, copy.at);
  return Math.max(0, wanted - referenceMax);
}

function daysFrom(day: JakartaDay, days: number): JakartaDay {
  return jakartaDay(instantInDay(day, days * dayMs));
}
