import { responseCode } from '../../shared/ovo/response-codes.ts';
import { mono } from '../../shared/time.ts';
import { approvalStands, isFinal, isOurs } from './checks.ts';
import { pastCutOff, reversalTooLate } from './day.ts';
import { declined, giveUpAll, needsAttention, notCharged, paid, reversed } from './ends.ts';
import { limits } from './limits.ts';
import { common, fly, reached, stay } from './moves.ts';
import type { Believed, Effect, Flight, Moment, PaymentEvent, StateOf, Step } from './types.ts';

type Reversing = StateOf<'reversing'>;

/**
 * A reversal is called for. At 65 s it leaves in this same step (T1); called for by anything later, or
 * for a payment that a start found, it takes its turn (rule 15).
 */
export function beginReversing(
  state: StateOf<'waiting' | 'checking' | 'askedAgain'>,
  at: Moment,
  effects: readonly Effect[] = [],
): Step {
  if (reversalTooLate(state, at)) return needsAttention(state, at, 'cutOff', effects);
  const { t0, foundAtStart, contested, saidCharged, replaced, lastCheckAt } = state;
  const next: Reversing = {
    ...common(state),
    ...{ t0, foundAtStart, contested, saidCharged, replaced, lastCheckAt },
    kind: 'reversing',
    flight: null,
    reversals: 0,
    reversalsSinceCheck: 0,
    since: at.mono,
    nextAt: at.mono,
  };
  const closed = [...giveUpAll(state), ...effects];
  const onTime = state.kind !== 'askedAgain' && !foundAtStart;
  return onTime ? reverse(next, at, closed) : { state: next, effects: closed };
}

/** The count of time was lost (rule 22): a recorded reversal goes on at once, in its turn. */
export function reverseAnew(state: Reversing, at: Moment, restarted: boolean): Step {
  if (pastCutOff(state, at)) return needsAttention(state, at, 'cutOff');
  return {
    state: {
      ...state,
      t0: at.mono,
      flight: null,
      lastCheckAt: state.lastCheckAt === null ? null : at.mono,
      since: at.mono,
      nextAt: at.mono,
      foundAtStart: state.foundAtStart || restarted,
    },
    effects: restarted ? [] : giveUpAll(state),
  };
}

/** Reverses until OVO says that it is reversed, or the cut-off passes (rule 13). */
export function reversing(state: Reversing, event: PaymentEvent): Step {
  switch (event.type) {
    case 'answered':
    case 'noAnswer':
    case 'neverSent': {
      const { flight } = state;
      if (flight === null || event.attempt !== flight.attempt) return stay(state);
      const landed = { ...state, flight: null };
      if (event.type !== 'answered') return goOn({ ...landed, lastWord: event.reason }, event.at);
      const { answer } = event;
      if (answer.kind === 'anotherPayment')
        return needsAttention(landed, event.at, 'numbersOfAnotherPayment');
      if (answer.kind !== 'believed') return goOn({ ...landed, lastWord: answer.kind }, event.at);
      const told = { ...landed, lastWord: answer.code };
      if (flight.operation === 'reversal') return reversalAnswered(told, answer, event.at);
      return checkAnswered(told, answer, flight, event.at);
    }
    case 'due':
      return due(state, event.at);
    case 'paidOtherwise':
      return { state: { ...state, replaced: true }, effects: [] };
    default:
      return stay(state);
  }
}

function reversalAnswered(state: Reversing, answer: Believed, at: Moment): Step {
  switch (responseCode(answer.code).reversal) {
    case 'reversed':
      return reversed(state, at);
    case 'misconfigured':
      return goOn(state, at, [{ type: 'tellManager', notice: 'terminalSetUpWrongly' }]);
    case 'goOn':
      return goOn(state, at);
  }
}

function checkAnswered(state: Reversing, answer: Believed, check: Flight, at: Moment): Step {
  const row = responseCode(answer.code);
  switch (row.check) {
    case 'reversed':
      return reversed(state, at);
    case 'charged':
      return stillCharged(state, answer, at);
    case 'notFound':
      // After "charged", "not found" proves nothing: the reversal goes on.
      if (isFinal(state, check) && at.notFoundTrusted && !state.saidCharged) {
        return notCharged(state, at, 'notFound', { code: answer.code });
      }
      return goOn(state, at);
    case 'declined':
      if (state.saidCharged) return needsAttention(state, at, 'contradiction');
      return isFinal(state, check) ? declined(state, at, answer.code) : goOn(state, at);
    case 'misconfigured':
      return goOn(state, at, [{ type: 'tellManager', notice: 'terminalSetUpWrongly' }]);
    case 'reverse':
    case 'noAnswer':
      return goOn(state, at);
  }
}

/** Only while no reversal has been recorded can an approval still stand, by setting (rules 9, 12). */
function stillCharged(state: Reversing, answer: Believed, at: Moment): Step {
  if (state.reversals === 0) {
    // The numbers are another payment's after all, and nothing has been reversed yet (rule 12a).
    if (state.contested && !isOurs(answer)) return needsAttention(state, at, 'contested');
    if (approvalStands(state)) return paid(state, at, answer, true);
  }
  return goOn({ ...state, saidCharged: true }, at);
}

function due(state: Reversing, at: Moment): Step {
  if (state.flight) {
    if (at.mono < state.flight.giveUpAt) return stay(state);
    return goOn({ ...state, flight: null }, at, [
      { type: 'giveUp', attempt: state.flight.attempt },
    ]);
  }
  if (reversalTooLate(state, at)) return needsAttention(state, at, 'cutOff');
  if (at.mono < state.nextAt) return stay(state);
  return wantsCheck(state, at) ? check(state, at) : reverse(state, at);
}

/**
 * After every third reversal OVO is asked. A payment found at the start is asked about, and not
 * reversed, until OVO's own clock has been heard in this run (rule 26a).
 */
function wantsCheck(state: Reversing, at: Moment): boolean {
  return (
    state.reversalsSinceCheck >= limits.retriesBetweenChecks || (state.foundAtStart && !at.heard)
  );
}

function reverse(state: Reversing, at: Moment, effects: readonly Effect[] = []): Step {
  const flight = fly(state, 'reversal', at, limits.attemptMs);
  return {
    state: {
      ...state,
      attempts: flight.attempt,
      flight,
      reversals: state.reversals + 1,
      reversalsSinceCheck: state.reversalsSinceCheck + 1,
    },
    effects: [
      ...effects,
      { type: 'send', attempt: flight.attempt, operation: 'reversal', awaitMs: limits.attemptMs },
    ],
  };
}

function check(state: Reversing, at: Moment): Step {
  const mayAskAt =
    state.lastCheckAt === null ? at.mono : mono(state.lastCheckAt + limits.betweenChecksMs);
  if (at.mono < mayAskAt) return { state: { ...state, nextAt: mayAskAt }, effects: [] };
  const flight = fly(state, 'statusCheck', at, limits.attemptMs);
  return {
    state: {
      ...state,
      attempts: flight.attempt,
      flight,
      lastCheckAt: at.mono,
      reversalsSinceCheck: 0,
    },
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

/** Not settled: again after a pause that grows, with jitter so that tills do not march in step. */
function goOn(state: Reversing, at: Moment, effects: readonly Effect[] = []): Step {
  const next = { ...state, nextAt: mono(at.mono + pauseMs(state, at)) };
  if (reversalTooLate(next, at)) return needsAttention(next, at, 'cutOff', effects);
  return { state: next, effects };
}

/** From 1 s to 30 s; after ten minutes up to 5 min. Between half and all of that, by the roll. */
export function pauseMs(state: Reversing, at: Moment): number {
  const late = reached(at, state.since, limits.retryLateAfterMs);
  const longest = late ? limits.retryPauseLateMsMax : limits.retryPauseMsMax;
  const doublings = Math.min(Math.max(0, state.reversals - 1), 20);
  const full = Math.min(2 * limits.retryPauseMsMin * 2 ** doublings, longest);
  return Math.max(limits.retryPauseMsMin, Math.round(full * (0.5 + at.roll / 2)));
}
