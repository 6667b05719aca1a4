import type { BookPayment } from './books.ts';
import { type Story, sessionMs } from './stories.ts';

/** The next thing that happens to a payment by itself, and when, in milliseconds after its receipt. */
export interface Step {
  readonly afterMs: number;
  readonly does: 'arrives' | 'approves' | 'declines' | 'isTakenBack' | 'expires';
}

/**
 * What a payment's story does next; null when only a person or a message can change it. Pure, so
 * that a simulator started again can catch up with what happened while it was away.
 */
export function nextStep(payment: BookPayment, story: Story): Step | null {
  const arrivesAfterMs = story.arrivesAfterMs ?? 0;
  if (payment.state === 'onItsWay') return { afterMs: arrivesAfterMs, does: 'arrives' };
  if (payment.state !== 'pending') return null;
  const expiry: Step = { afterMs: arrivesAfterMs + sessionMs, does: 'expires' };
  const decision = decisionOf(story);
  return decision !== null && decision.afterMs < expiry.afterMs ? decision : expiry;
}

function decisionOf(story: Story): Step | null {
  switch (story.fate.kind) {
    case 'approves':
      return { afterMs: story.fate.afterMs, does: 'approves' };
    case 'declines':
      return { afterMs: story.fate.afterMs, does: 'declines' };
    case 'takenBack':
      return { afterMs: story.fate.afterMs, does: 'isTakenBack' };
    case 'nobody':
    case 'byHand':
    case 'refused':
      return null;
  }
}

/** The state and code with which a push enters the books. */
export function firstState(story: Story): Pick<BookPayment, 'state' | 'code'> {
  if (story.arrivesAfterMs === null) return { state: 'lost', code: null };
  if (story.arrivesAfterMs > 0) return { state: 'onItsWay', code: null };
  if (story.fate.kind !== 'refused') return { state: 'pending', code: null };
  const { code, known } = story.fate;
  if (code === '73') return { state: 'reversed', code };
  return { state: known ? 'declined' : 'refused', code };
}

/** True if OVO knows of the payment when it is asked. */
export function isKnown(payment: BookPayment): boolean {
  return !['onItsWay', 'lost', 'refused'].includes(payment.state);
}

/** The response code that tells what the books say of a payment. */
export function truth(payment: BookPayment): string {
  switch (payment.state) {
    case 'pending':
      return '68';
    case 'charged':
      return '00';
    case 'declined':
    case 'refused':
      return payment.code ?? '40';
    case 'reversed':
    case 'voided':
      return '73';
    case 'expired':
      return '40';
    case 'onItsWay':
    case 'lost':
      return '25';
  }
}
