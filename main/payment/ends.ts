import { type ReasonWords, responseCode } from '../../shared/ovo/response-codes.ts';
import { mono } from '../../shared/time.ts';
import { limits } from './limits.ts';
import { common, flights, fly, reached, stay } from './moves.ts';
import type {
  AttentionReason,
  Believed,
  Effect,
  Moment,
  Operation,
  PaymentEvent,
  PaymentState,
  StateOf,
  Step,
} from './types.ts';

/** Ends as not charged. Sockets stay open until their own end: what they still say is looked at (14a). */
export function notCharged(
  state: PaymentState,
  at: Moment,
  reason: ReasonWords,
  more: { code?: string; neverSent?: boolean } = {},
  effects: readonly Effect[] = [],
): Step {
  return {
    state: {
      ...common(state),
      kind: 'notCharged',
      reason,
      code: more.code ?? null,
      endedAt: at.wall,
      neverSent: more.neverSent ?? false,
    },
    effects,
  };
}

/** Ends as not charged by a code of OVO's, in the words of its row. */
export function declined(state: PaymentState, at: Moment, code: string): Step {
  const row = responseCode(code);
  const effects: Effect[] =
    row.check === 'misconfigured' ? [{ type: 'tellManager', notice: 'terminalSetUpWrongly' }] : [];
  return notCharged(state, at, row.words, { code }, effects);
}

/**
 * Ends as paid. `byCheck`: a status check said so, which proves that our status checks find a payment
 * (rule 12b); without any such proof yet, this payment makes the proving check a little later.
 */
export function paid(state: PaymentState, at: Moment, answer: Believed, byCheck: boolean): Step {
  const proven = byCheck || at.notFoundTrusted;
  return {
    state: {
      ...common(state),
      kind: 'paid',
      lastWord: answer.code,
      paidAt: at.wall,
      approvalCode: answer.approvalCode,
      traceNumber: answer.traceNumber,
      proof: proven ? null : { at: mono(at.mono + limits.proofAfterMs), flight: null },
    },
    effects: byCheck && !at.notFoundTrusted ? [{ type: 'trustNotFound' }] : [],
  };
}

export function reversed(state: PaymentState, at: Moment): Step {
  return {
    state: { ...common(state), kind: 'reversed', endedAt: at.wall },
    effects: giveUpAttempts(state),
  };
}

/** Nothing more is done by the machine: a person decides (rule 18). */
export function needsAttention(
  state: PaymentState,
  at: Moment,
  reason: AttentionReason,
  effects: readonly Effect[] = [],
): Step {
  return {
    state: {
      ...common(state),
      kind: 'needsAttention',
      reason,
      since: at.wall,
      // Without a count of its own the 130 s run from here: late is the safe side.
      t0: 't0' in state ? state.t0 : at.mono,
      // It is news, whatever was seen before; but it does not take the screen from the next customer.
      seen: false,
      setAside: state.setAside || state.seen,
    },
    effects: [...giveUpAttempts(state), ...effects],
  };
}

/** Closes the sockets of checks and reversals. The push's own stays open until 65 s (rule 9). */
function giveUpAttempts(state: PaymentState): readonly Effect[] {
  return flights(state)
    .filter(({ operation }) => operation !== 'pushToPay')
    .map(({ attempt }) => ({ type: 'giveUp', attempt }));
}

/** Closes every socket: a reversal follows, and what the push still says must not be read. */
export function giveUpAll(state: PaymentState): readonly Effect[] {
  return flights(state).map(({ attempt }) => ({ type: 'giveUp', attempt }));
}

/**
 * A paid payment is done, but for the check that proves our status checks (rule 12b), and for an
 * answer that contradicts it (rule 14a). The machine never reverses it (rule 14).
 */
export function afterPaid(state: StateOf<'paid'>, event: PaymentEvent): Step {
  const { at } = event;
  const { proof } = state;
  const ofProof = proof?.flight && 'attempt' in event && event.attempt === proof.flight.attempt;
  if (ofProof) return proofEnded(state, event);
  switch (event.type) {
    case 'answered':
      return afterEnd(state, event, contradictsPaid);
    case 'due':
      return proof ? proveChecks(state, proof, at) : stay(state);
    default:
      return stay(state);
  }
}

function proveChecks(
  state: StateOf<'paid'>,
  proof: NonNullable<StateOf<'paid'>['proof']>,
  at: Moment,
): Step {
  if (proof.flight) {
    if (at.mono < proof.flight.giveUpAt) return stay(state);
    return unproven(state, [{ type: 'giveUp', attempt: proof.flight.attempt }]);
  }
  if (at.mono < proof.at) return stay(state);
  if (at.notFoundTrusted) return { state: { ...state, proof: null }, effects: [] };
  const flight = fly(state, 'statusCheck', at, limits.attemptMs);
  return {
    state: { ...state, attempts: flight.attempt, proof: { ...proof, flight } },
    effects: [
      {
        type: 'send',
        attempt: flight.attempt,
        operation: 'statusCheck',
        awaitMs: limits.attemptMs,
      },
    ],
  };
}

/** Whatever the proving check hears, this payment stays as it is. */
function proofEnded(state: StateOf<'paid'>, event: PaymentEvent): Step {
  if (event.type !== 'answered' && event.type !== 'noAnswer' && event.type !== 'neverSent')
    return stay(state);
  if (event.type === 'answered' && event.answer.kind === 'believed' && event.answer.code === '00') {
    return { state: { ...state, proof: null }, effects: [{ type: 'trustNotFound' }] };
  }
  return unproven(state, []);
}

function unproven(state: StateOf<'paid'>, effects: readonly Effect[]): Step {
  return {
    state: { ...state, proof: null },
    effects: [...effects, { type: 'tellManager', notice: 'statusChecksUnproven' }],
  };
}

/**
 * What says that a paid payment is not charged. As the push's own answer that is every code that ends
 * a push, and 94 or 40 too: the approval may then be an earlier payment's (rule 12a).
 */
function contradictsPaid({ code }: Believed, operation: Operation, at: Moment): boolean {
  const row = responseCode(code);
  if (row.check === 'declined' || row.check === 'reversed') return true;
  if (operation !== 'pushToPay') return false;
  if (code === '25') return at.notFoundTrusted;
  return row.push === 'notCharged' || row.push === 'contested';
}

/** A payment that ended as not charged: an approval that still comes in contradicts it (rule 14a). */
export function afterNotCharged(state: StateOf<'notCharged'>, event: PaymentEvent): Step {
  if (event.type !== 'answered' || state.neverSent) return stay(state);
  return afterEnd(state, event, (answer) => answer.code === '00');
}

function afterEnd(
  state: StateOf<'paid' | 'notCharged'>,
  event: Extract<PaymentEvent, { type: 'answered' }>,
  contradicts: (answer: Believed, operation: Operation, at: Moment) => boolean,
): Step {
  const { at, answer, operation } = event;
  if (answer.kind === 'anotherPayment') return needsAttention(state, at, 'numbersOfAnotherPayment');
  if (answer.kind !== 'believed' || !contradicts(answer, operation, at)) return stay(state);
  return needsAttention({ ...state, lastWord: answer.code }, at, 'contradiction');
}

/** A person's note on what needed attention (rule 18). Too early to say "not charged": no effect. */
export function attended(state: StateOf<'needsAttention'>, event: PaymentEvent): Step {
  if (event.type !== 'resolved') return stay(state);
  if (event.as === 'notCharged' && !mayResolveAsNotCharged(state, event.at)) return stay(state);
  const { as, by, reason } = event;
  return {
    state: { ...common(state), kind: 'resolved', as, by, reason, endedAt: event.at.wall },
    effects: [],
  };
}

/** True once nothing that was sent could still be charged: 130 s by rule 22's count (rule 18). */
export function mayResolveAsNotCharged(state: StateOf<'needsAttention'>, at: Moment): boolean {
  return reached(at, state.t0, state.rules.notFoundFinalAfterMs);
}
