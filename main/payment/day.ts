import {
  dayMs,
  type Instant,
  instant,
  instantInDay,
  jakartaDay,
  type Mono,
  mono,
} from '../../shared/time.ts';
import { limits } from './limits.ts';
import type { Moment, PaymentState } from './types.ts';

/** The wall time that counts for guard and cut-off: the later of PC clock and OVO's (rule 26a). */
export function latest(at: Moment): Instant {
  return instant(at.wall + Math.max(0, at.offsetMs));
}

/** When, on this run's monotonic clock, the later wall clock will show `wanted` if nothing jumps. */
export function monoOf(wanted: Instant, at: Moment): Mono {
  return mono(at.mono + (wanted - latest(at)));
}

/**
 * True while no payment may be begun (rule 17): from the guard to midnight, and whenever OVO's clock
 * already shows another day than the PC's, since the numbers would belong to a day that is over.
 */
export function guardClosed(at: Moment, midnightGuardMs: number): boolean {
  const day = jakartaDay(at.wall);
  return latest(at) >= instantInDay(day, Math.min(midnightGuardMs, limits.midnightGuardMs));
}

/** True while the guard is closed by nothing but an offset that this run has not confirmed (26a). */
export function closedByHearsay(at: Moment, midnightGuardMs: number): boolean {
  if (at.heard || !guardClosed(at, midnightGuardMs)) return false;
  return !guardClosed({ ...at, offsetMs: 0 }, midnightGuardMs);
}

/** True once no reversal of a payment of this day may be begun any more (rule 16). */
export function reversalTooLate(state: PaymentState, at: Moment): boolean {
  return latest(at) >= instantInDay(state.day, limits.cutOffBeginMs);
}

/** True from the cut-off of the payment's day on (rule 18). */
export function pastCutOff(state: PaymentState, at: Moment): boolean {
  return latest(at) >= instantInDay(state.day, limits.cutOffMs);
}

/** True once the payment's day is over: by then everything has an end or a person (T3). */
export function dayIsOver(state: PaymentState, at: Moment): boolean {
  return latest(at) >= instantInDay(state.day, dayMs);
}

/**
 * Asked with the connection up and not a byte written: may this request still leave? A push may not
 * once the guard is closed or its day is over (rule 17); a reversal not from 23:58:59 on (rule 16).
 */
export function mayLeave(
  state: PaymentState,
  operation: 'pushToPay' | 'reversal' | 'statusCheck' | 'phoneCheck',
  at: Moment,
): boolean {
  switch (operation) {
    case 'pushToPay':
      return !guardClosed(at, state.rules.midnightGuardMs) && jakartaDay(at.wall) === state.day;
    case 'reversal':
      return latest(at) < instantInDay(state.day, limits.cutOffConnectMs);
    case 'statusCheck':
    case 'phoneCheck':
      return true;
  }
}
