import { maskPhone } from '../../shared/phone.ts';
import type { Instant, Mono } from '../../shared/time.ts';
import type { Countdown, PaymentView, Phase } from '../../shared/view.ts';
import { deadlineOf } from '../payment/deadline.ts';
import { limits } from '../payment/limits.ts';
import { mayPayOtherwise } from '../payment/open.ts';
import type { Moment, PaymentState } from '../payment/types.ts';

/** Nothing can change any more by the machine's doing, and nothing is left to decide. */
export function isFinal(state: PaymentState): boolean {
  return ['paid', 'notCharged', 'reversed', 'resolved'].includes(state.kind);
}

/** The machine has no more to do; a person may have. */
export function hasEnded(state: PaymentState): boolean {
  return isFinal(state) || state.kind === 'needsAttention';
}

/** A payment as the screens show it at this moment. */
export function paymentView(state: PaymentState, at: Moment): PaymentView {
  const phase = phaseOf(state, at);
  const ended = hasEnded(state);
  return {
    id: state.id,
    phase,
    amount: state.amount,
    phoneMasked: maskPhone(state.phone),
    startedAt: state.startedAt,
    endedAt: endedAt(state),
    countdown: phase === 'waiting' && 't0' in state ? left(state.t0, limits.customerMs, at) : null,
    next: ended ? null : untilNext(state, at),
    reason: reasonOf(state, phase, at),
    code: codeOf(state),
    approvalCode: state.kind === 'paid' ? state.approvalCode : null,
    batch: state.numbers?.batchText ?? null,
    reference: state.numbers?.referenceText ?? null,
    invoice: state.numbers?.invoice ?? null,
    reversalAttempt: reversalAttempt(state),
    setAside: state.setAside,
    unseenEnd: ended && state.setAside && !state.seen,
    final: isFinal(state),
    earlier: ended && state.seen,
    paidOtherwise: 'replaced' in state && state.replaced,
    canGoOn: state.kind === 'phoneUnchecked',
    canSetAside: !ended && !state.setAside,
    canPayOtherwise: mayPayOtherwise(state),
  };
}

/** Where a payment stands in the words of the screen. */
export function phaseOf(state: PaymentState, at: Moment): Phase {
  switch (state.kind) {
    case 'numbering':
    case 'pushing':
      return 'sending';
    case 'waiting':
      // Once the till has lost count (rule 22) the customer's ring cannot be right.
      if (state.lostCount) return state.rules.statusCheck.enabled ? 'interrupted' : 'reversalDue';
      return at.mono - state.t0 >= limits.customerMs ? 'checking' : 'waiting';
    case 'checking':
      return state.check === null && state.verdict === 'reverse' ? 'reversalDue' : 'checking';
    default:
      return state.kind;
  }
}

/** What is left of `totalMs` from a moment of the monotonic clock on; never less than nothing. */
function left(from: Mono, totalMs: number, at: Moment): Countdown {
  return { leftMs: Math.max(0, from + totalMs - at.mono), totalMs };
}

function untilNext(state: PaymentState, at: Moment): Countdown | null {
  const deadline = deadlineOf(state, at);
  if (deadline === null) return null;
  const leftMs = Math.max(0, deadline.at - at.mono);
  const countsAnew = state.kind === 'waiting' && state.lostCount;
  const usualMs = countsAnew ? limits.checkAtMs : limits.customerMs;
  return { leftMs, totalMs: Math.max(leftMs, usualMs) };
}

/** The number of the reversal under way or next, from 1; 0 where none is called for. */
function reversalAttempt(state: PaymentState): number {
  if (state.kind !== 'reversing') return 0;
  return state.flight?.operation === 'reversal' ? state.reversals : state.reversals + 1;
}

function endedAt(state: PaymentState): Instant | null {
  switch (state.kind) {
    case 'paid':
      return state.paidAt;
    case 'notCharged':
    case 'reversed':
    case 'resolved':
      return state.endedAt;
    case 'needsAttention':
      return state.since;
    default:
      return null;
  }
}

const doubtful: readonly Phase[] = [
  'interrupted',
  'checking',
  'reversalDue',
  'askedAgain',
  'reversing',
];

function reasonOf(state: PaymentState, phase: Phase, at: Moment): string | null {
  switch (state.kind) {
    case 'paid':
      return 'reason.paid';
    case 'notCharged':
      return `reason.${state.reason}`;
    case 'reversed':
      return state.pushAnswered ? 'reason.wasReversed' : 'reason.timeout';
    case 'needsAttention':
      return `attention.${state.reason}`;
    default:
      if (!doubtful.includes(phase)) return null;
      return silent(state, at) ? 'reason.timeout' : 'reason.beingChecked';
  }
}

/**
 * The push has had no 0210 within the session: the mandated words for a timeout are the true ones,
 * whatever a status check has said since.
 */
function silent(state: PaymentState, at: Moment): boolean {
  if (state.pushAnswered) return false;
  const counting = 'lostCount' in state && !state.lostCount;
  return !counting || at.mono - state.t0 >= limits.sessionMs;
}

/** The last response code, if the last word was one. */
function codeOf({ lastWord }: PaymentState): string | null {
  return lastWord !== null && /^[0-9A-Z]{2}$/.test(lastWord) ? lastWord : null;
}
