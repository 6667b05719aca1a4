import type { Mono } from '../../shared/time.ts';
import type { AttemptNumber, Deadline, PaymentId } from '../payment/types.ts';

/** Whose deadlines have come. */
export interface Waiting {
  readonly id: PaymentId;
  readonly deadline: Deadline | null;
}

/**
 * The one turn of rule 15: of retries, and of what a start found unfinished, one attempt is under way
 * at a time, the longest waiting first. A payment in its pause is not waiting, so it holds up nobody.
 */
export class Turns {
  private holder: { readonly id: PaymentId; readonly attempt: AttemptNumber } | null = null;

  /** Who may act now without a turn: every on-time deadline that has come. */
  static onTime<W extends Waiting>(all: Iterable<W>, now: Mono): readonly W[] {
    return [...all].filter(({ deadline }) => deadline?.lane === 'onTime' && deadline.at <= now);
  }

  /** Who is next if the turn is free. */
  next<W extends Waiting>(all: Iterable<W>, now: Mono): W | null {
    if (this.holder !== null) return null;
    let longest: W | null = null;
    for (const one of all) {
      const { deadline } = one;
      if (deadline === null || deadline.lane !== 'turn' || deadline.at > now) continue;
      if (longest?.deadline == null || deadline.at < longest.deadline.at) longest = one;
    }
    return longest;
  }

  /** When there is something to do next, given that everything due by now has been done. */
  wakeAt(all: Iterable<Waiting>): Mono | null {
    let earliest: Mono | null = null;
    for (const { deadline } of all) {
      if (deadline === null || (deadline.lane === 'turn' && this.holder !== null)) continue;
      if (earliest === null || deadline.at < earliest) earliest = deadline.at;
    }
    return earliest;
  }

  take(id: PaymentId, attempt: AttemptNumber): void {
    this.holder = { id, attempt };
  }

  /** Frees the turn if this attempt held it. */
  free(id: PaymentId, attempt: AttemptNumber): void {
    if (this.holder?.id === id && this.holder.attempt === attempt) this.holder = null;
  }
}
