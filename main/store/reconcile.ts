import { invariant } from '../../shared/never.ts';
import type { Instant } from '../../shared/time.ts';
import { skipBeyondCopy } from './beyond-copy.ts';
import { NumberMarkBroken } from './errors.ts';
import type { Found, HighWater, Hint, SequenceAt, StoredHint } from './high-water.ts';
import type { NumberBook } from './number-book.ts';
import { markStep } from './number-book.ts';
import { referenceMax } from './numbering.ts';

type FoundMark = ReturnType<HighWater['readMark']>;

export interface Reconciled {
  /** The database is not the one that gave out the last number, or nothing proves that it is. */
  readonly isAnother: boolean;
  follow(): void;
}

const nothingFound: Reconciled = { isAnother: false, follow: () => undefined };

/**
 * Holds the database's numbers against what the files beside it know, once at each start (rule 5).
 *
 * The database is the one that gave out the last number if it holds that number and as many jumps as
 * the hint says. Then nothing changes, and the next number follows without a gap: the mark, written
 * ahead, says nothing about numbers really used. Otherwise another database has been put in its
 * place, or a new one: all that the lost one may have given out is skipped, and the skip recorded.
 * Without a readable hint nothing proves that the database is the right one, so it counts as another.
 * Without the mark it is not known how far the lost one had come: then enough is skipped.
 *
 * Call in a commit; call `follow` of what it returns when that commit is durable.
 * @throws NumberMarkBroken if numbers were given out and nothing tells how far.
 */
export function reconcile(book: NumberBook, highWater: HighWater, at: Instant): Reconciled {
  const mark = highWater.readMark();
  const hint = highWater.readHint();
  const latest = book.highestOfLatest();
  const isEmpty = latest.size === 0 && book.jumpCount() === 0;

  if (isEmpty && mark.kind === 'absent' && hint.kind === 'absent') return nothingFound;
  if (isCurrent(book, mark, hint)) {
    book.goOnFrom(hint.value);
    if (mark.kind === 'read' && mark.value.serial >= hint.value.serial) return nothingFound;
    rebuildMark(book, highWater, hint.value.serial);
    return { isAnother: false, follow: () => highWater.replaceHint(hint.value) };
  }
  if (mark.kind !== 'read' && hint.kind !== 'read' && isEmpty) {
    throw new NumberMarkBroken(highWater.markPath);
  }
  const reason = isEmpty ? 'databaseNew' : 'databaseOlder';
  for (const [batch, reference] of floors(mark, hint)) {
    book.skipTo(reason, batch, reference + 1, at);
  }
  if (mark.kind === 'read') {
    goOnWithSequence(book, mark.value.sequence, at);
  } else {
    skipBeyondCopy(book, { reason, at, hint: hint.kind === 'read' ? hint.value : null });
    // The mark becomes durable before the commit does. Should the power go in between, the next start
    // must not take this database for the right one: no hint may say so before that.
    if (hint.kind === 'absent') highWater.blankHint();
    rebuildMark(book, highWater, hint.kind === 'read' ? hint.value.serial : 0);
  }
  const now = lastGiven(book, hint);
  const follow = (): void => {
    // So that the next start finds the hint and the database agreed.
    highWater.replaceHint(now);
    book.goOnFrom(now);
  };
  return { isAnother: true, follow };
}

/** True if the database knows all that the hint does, and the hint was kept together with the mark. */
function isCurrent(
  book: NumberBook,
  mark: FoundMark,
  hint: Found<StoredHint>,
): hint is { kind: 'read'; value: StoredHint } {
  if (hint.kind !== 'read') return false;
  const { batch, reference, jumps, serial } = hint.value;
  // One writing of the mark may have been followed by the end of the process before its commit.
  if (mark.kind === 'read' && mark.value.serial > serial + 1) return false;
  return book.jumpCount() >= jumps && (batch === 0 || book.highest(batch) >= reference);
}

/** The highest reference of each batch that the lost database may have given out. */
function floors(mark: FoundMark, hint: Found<Hint>): ReadonlyMap<number, number> {
  const highest = new Map<number, number>();
  const atLeast = (batch: number, reference: number): void => {
    const bounded = Math.min(reference, referenceMax);
    highest.set(batch, Math.max(bounded, highest.get(batch) ?? 0));
  };
  if (mark.kind === 'read') {
    for (const [batch, reference] of Object.entries(mark.value.batches)) {
      atLeast(Number(batch), reference);
    }
  }
  if (hint.kind === 'read' && hint.value.batch !== 0) {
    // Where the mark is behind the hint it is not the mark of those numbers: a step more, since the
    // hint itself may be some seconds old.
    const { batch, reference } = hint.value;
    if (reference > (highest.get(batch) ?? 0)) atLeast(batch, reference + markStep);
  }
  return highest;
}

/** Sequence mode goes on in the batch that the lost database had come to. */
function goOnWithSequence(book: NumberBook, sequence: SequenceAt | null, at: Instant): void {
  if (sequence === null) return;
  const latest = book.latest('sequence');
  if (latest === null || latest.batch < sequence.batch) {
    book.openSequence(sequence.batch, sequence.day, at);
  }
}

/** Makes the mark from the database. Reads every number, and is needed only if the file was lost. */
function rebuildMark(book: NumberBook, highWater: HighWater, serial: number): void {
  highWater.forget(serial);
  highWater.raise(book.highestOfAll(), book.latest('sequence'));
}

/** What the next start should find the database to know. */
function lastGiven(book: NumberBook, hint: Found<Hint>): Hint {
  const jumps = book.jumpCount();
  const known = hint.kind === 'read' ? hint.value : { batch: 0, reference: 0 };
  if (known.batch !== 0) {
    const reference = book.highest(known.batch);
    invariant(reference >= known.reference, 'rule 5: what the hint knows is skipped');
    return { batch: known.batch, reference, jumps };
  }
  const [batch, reference] = [...book.highestOfLatest()].at(-1) ?? [0, 0];
  return { batch, reference, jumps };
}
