import { missingCase } from '../../shared/never.ts';
import { mono } from '../../shared/time.ts';
import { checkingPhone, phoneUnchecked, push, start } from './begin.ts';

import { afterNotCharged, afterPaid, attended, notCharged } from './ends.ts';
import { limits } from './limits.ts';
import { stay } from './moves.ts';
import { countAnew, pushing, unsettled } from './open.ts';
import { reverseAnew, reversing } from './reversing.ts';
import type { Moment, PaymentEvent, PaymentState, Step } from './types.ts';

/**
 * One step of a payment's life (rules 8–18, 22, 26a): what was, and what happened, give what is and
 * what is to be done. Pure: no clock, disk, socket or chance; the same call gives the same result,
 * and nothing has been done when it returns. An event that means nothing in a state returns that very
 * state with no effects.
 */
export function step(state: PaymentState, event: PaymentEvent): Step {
  switch (event.type) {
    case 'restarted':
      return restarted(state, event.at);
    case 'resumed':
      return resumed(state, event.at);
    case 'setAside':
      return mark(state, { setAside: true });
    case 'broughtBack':
      return mark(state, { setAside: false });
    case 'seen':
      return mark(state, { seen: true });
    default:
      return live(state, event);
  }
}

function live(state: PaymentState, event: PaymentEvent): Step {
  switch (state.kind) {
    case 'numbering':
      return numbering(state, event);
    case 'checkingPhone':
      return checkingPhone(state, event);
    case 'phoneUnchecked':
      return phoneUnchecked(state, event);
    case 'pushing':
      return pushing(state, event);
    case 'waiting':
    case 'checking':
    case 'askedAgain':
      return unsettled(state, event);
    case 'reversing':
      return reversing(state, event);
    case 'paid':
      return afterPaid(state, event);
    case 'notCharged':
      return afterNotCharged(state, event);
    case 'needsAttention':
      return attended(state, event);
    case 'reversed':
    case 'resolved':
      return stay(state);
    default:
      return missingCase(state);
  }
}

function numbering(state: Extract<PaymentState, { kind: 'numbering' }>, event: PaymentEvent): Step {
  switch (event.type) {
    case 'started':
      return start(state, event.at);
    case 'numbered':
      return push(state, event.numbers, event.at);
    case 'numberRefused':
      return notCharged(state, event.at, 'numbersExhausted', { neverSent: true });
    default:
      return stay(state);
  }
}

/** The till's own marks: they change what the screen shows, and nothing of the payment. */
function mark(state: PaymentState, marks: { setAside?: boolean; seen?: boolean }): Step {
  const changes = Object.entries(marks).some(
    ([name, value]) => state[name as keyof typeof marks] !== value,
  );
  return changes ? { state: { ...state, ...marks }, effects: [] } : stay(state);
}

/** Rule 22: all sockets are gone, and how long the program was away is unknown. */
function restarted(state: PaymentState, at: Moment): Step {
  switch (state.kind) {
    case 'numbering':
    case 'checkingPhone':
    case 'phoneUnchecked':
      return notCharged(state, at, 'stoppedBeforeSending', { neverSent: true });
    case 'pushing':
    case 'waiting':
    case 'checking':
    case 'askedAgain':
      return countAnew(state, at, true);
    case 'reversing':
      return reverseAnew(state, at, true);
    case 'paid': {
      if (state.proof === null) return stay(state);
      const proof = { at: mono(at.mono + limits.proofAfterMs), flight: null };
      return { state: { ...state, proof }, effects: [] };
    }
    case 'needsAttention':
      return { state: { ...state, t0: at.mono }, effects: [] };
    case 'notCharged':
    case 'reversed':
    case 'resolved':
      return stay(state);
    default:
      return missingCase(state);
  }
}

/** Rule 22: the system slept. Sockets may still speak; what they say counts as a status check's. */
function resumed(state: PaymentState, at: Moment): Step {
  switch (state.kind) {
    case 'waiting':
    case 'checking':
    case 'askedAgain':
      return countAnew(state, at, false);
    case 'reversing':
      return reverseAnew(state, at, false);
    case 'needsAttention':
      return { state: { ...state, t0: at.mono }, effects: [] };
    // A push that is not yet on a socket has not left; its t = 0 is still to come.
    case 'pushing':
    case 'numbering':
    case 'checkingPhone':
    case 'phoneUnchecked':
    case 'paid':
    case 'notCharged':
    case 'reversed':
    case 'resolved':
      return stay(state);
    default:
      return missingCase(state);
  }
}
