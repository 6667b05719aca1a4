import { responseCode } from '../../shared/ovo/response-codes.ts';
import { mono } from '../../shared/time.ts';
import { approvalStands, isFinal, isOurs } from './checks.ts';
import { dayIsOver, pastCutOff } from './day.ts';
import { declined, needsAttention, notCharged, paid, reversed } from './ends.ts';
import { limits } from './limits.ts';
import { common, fly, stay } from './moves.ts';
import { beginReversing } from './reversing.ts';
import type {
  Believed,
  Effect,
  Flight,
  Moment,
  Open,
  PaymentEvent,
  StateOf,
  Step,
} from './types.ts';

/*
 * A payment whose push may have left and whose reversal has not been recorded: `pushing` until the
 * push is written, `waiting` until 62 s, `checking` until 65 s, `askedAgain` until the check that can
 * be final. Times count from t0.
 */
type Unsettled = StateOf<'waiting' | 'checking' | 'askedAgain'>;

const terminalWrong: Effect = { type: 'tellManager', notice: 'terminalSetUpWrongly' };

/** Recorded, and on its way to a socket. Only here can a payment still prove never sent (rule 9a). */
export function pushing(state: StateOf<'pushing'>, event: PaymentEvent): Step {
  const { at } = event;
  switch (event.type) {
    case 'written':
      return { state: written(state, at), effects: [] };
    case 'neverSent': {
      if (event.attempt !== state.push.attempt) return stay(state);
      const reason = event.reason === 'gate' ? 'midnightGuard' : 'noConnection';
      return notCharged({ ...state, lastWord: event.reason }, at, reason, { neverSent: true });
    }
    case 'answered':
    case 'noAnswer':
      return unsettled(written(state, at), event);
    case 'due':
      // The transport has said nothing within its own limit: count from now, which is the safe side.
      return at.mono < pushingUntil(state)
        ? stay(state)
        : { state: written(state, at), effects: [] };
    default:
      return stay(state);
  }
}

/** By when the transport must have said that the push was written, or that it never will be. */
export function pushingUntil(state: StateOf<'pushing'>) {
  return mono(state.push.sentAt + limits.connectMs + 2_000);
}

function written(state: StateOf<'pushing'>, at: Moment): StateOf<'waiting'> {
  const push: Flight = { ...state.push, giveUpAt: mono(at.mono + limits.reversalAtMs) };
  return {
    ...state,
    kind: 'waiting',
    t0: at.mono,
    push,
    contested: false,
    foundAtStart: false,
    lostCount: false,
    replaced: false,
  };
}

/**
 * The count of time was lost: by a restart (its sockets are gone) or by a sleep (they may still
 * speak). 62, 65 and 130 s run anew from here (rule 22).
 */
export function countAnew(
  state: Unsettled | StateOf<'pushing'>,
  at: Moment,
  restarted: boolean,
): Step {
  const was: Open =
    state.kind === 'pushing'
      ? {
          t0: at.mono,
          push: state.push,
          contested: false,
          foundAtStart: false,
          lostCount: true,
          replaced: false,
        }
      : state;
  const next: StateOf<'waiting'> = {
    ...common(state),
    kind: 'waiting',
    t0: at.mono,
    push: restarted ? null : was.push,
    contested: was.contested,
    foundAtStart: was.foundAtStart || restarted,
    lostCount: true,
    replaced: was.replaced,
  };
  if (pastCutOff(next, at)) return needsAttention(state, at, 'cutOff');
  const check = 'check' in state ? state.check : null;
  return {
    state: next,
    effects: check && !restarted ? [{ type: 'giveUp', attempt: check.attempt }] : [],
  };
}

export function unsettled(state: Unsettled, event: PaymentEvent): Step {
  switch (event.type) {
    case 'answered':
    case 'noAnswer':
    case 'neverSent':
      return heard(state, event);
    case 'due':
      return due(state, event.at);
    case 'written':
      // Later than the transport should have said so; the count starts at the write all the same.
      if (state.push?.attempt !== event.attempt) return stay(state);
      return { state: { ...state, t0: event.at.mono }, effects: [] };
    case 'paidOtherwise':
      if (state.kind !== 'askedAgain') return stay(state);
      return { state: { ...state, replaced: true }, effects: [] };
    default:
      return stay(state);
  }
}

function heard(
  state: Unsettled,
  event: Extract<PaymentEvent, { type: 'answered' | 'noAnswer' | 'neverSent' }>,
): Step {
  if (event.attempt === state.push?.attempt) {
    const closed = { ...state, push: null };
    if (event.type !== 'answered')
      return { state: { ...closed, lastWord: event.reason }, effects: [] };
    return pushAnswered(closed, event);
  }
  if (state.kind === 'waiting' || event.attempt !== state.check?.attempt) return stay(state);
  const { check } = state;
  const landed = { ...state, check: null };
  if (event.type !== 'answered')
    return checkInconclusive({ ...landed, lastWord: event.reason }, event.at, false);
  if (event.answer.kind === 'anotherPayment')
    return needsAttention(landed, event.at, 'numbersOfAnotherPayment');
  if (event.answer.kind !== 'believed') {
    return checkInconclusive({ ...landed, lastWord: event.answer.kind }, event.at, false);
  }
  return checkAnswered({ ...landed, lastWord: event.answer.code }, event.answer, check, event.at);
}

/* ——— the push's own answer (rules 9–11, 12a) ——— */

function pushAnswered(state: Unsettled, event: Extract<PaymentEvent, { type: 'answered' }>): Step {
  const { at, answer } = event;
  if (answer.kind !== 'believed')
    return { state: { ...state, lastWord: answer.kind }, effects: [] };
  const told = { ...state, lastWord: answer.code };
  const row = responseCode(answer.code);
  if (row.push === 'contested') return contest(told);
  // After a sleep, what an old socket says counts as a status check's answer (rule 22).
  if (state.lostCount) return checkAnswered(told, answer, null, at);
  switch (row.push) {
    case 'charged':
      if (at.mono - state.t0 < limits.sessionMs) return paid(told, at, answer, false);
      return charged(told, answer, at, false);
    case 'notCharged':
      if (answer.code === '25' && !at.notFoundTrusted) return { state: told, effects: [] };
      if (saidCharged(state)) return needsAttention(told, at, 'contradiction');
      return declined(told, at, answer.code);
    case 'reversed':
      return reversed(told, at);
    case 'inDoubt':
      return { state: told, effects: [] };
  }
}

/** Our numbers may be an earlier payment's: only a check that names our invoice may reverse (12a). */
function contest(state: Unsettled): Step {
  if (state.kind === 'checking')
    return { state: { ...state, contested: true, verdict: 'attention' }, effects: [] };
  return { state: { ...state, contested: true }, effects: [] };
}

/* ——— a status check's answer (rules 12, 12a, 12b) ——— */

/** `check`: the flight it answers; null for an old socket's word, which is never late enough to be final. */
function checkAnswered(state: Unsettled, answer: Believed, check: Flight | null, at: Moment): Step {
  const row = responseCode(answer.code);
  const final = check !== null && isFinal(state, check);
  const told: readonly Effect[] = row.check === 'misconfigured' ? [terminalWrong] : [];
  switch (row.check) {
    case 'charged':
      if (state.contested && !isOurs(answer)) return settleOrWait(state, at, 'attention');
      return charged(state, answer, at, check !== null);
    case 'reversed':
      return reversed(state, at);
    case 'notFound':
      if (!at.notFoundTrusted || saidCharged(state))
        return checkInconclusive(state, at, answer.names.invoice);
      if (final) return notCharged(state, at, 'notFound', { code: answer.code });
      if (state.rules.reverseOnNotFound) return checkInconclusive(state, at, answer.names.invoice);
      return askAgain(state);
    case 'declined':
      if (saidCharged(state)) return needsAttention(state, at, 'contradiction');
      if (final) return declined(state, at, answer.code);
      return checkInconclusive(state, at, answer.names.invoice);
    case 'reverse':
    case 'noAnswer':
    case 'misconfigured':
      return checkInconclusive(state, at, answer.names.invoice, told);
  }
}

function saidCharged(state: Unsettled): boolean {
  return state.kind === 'checking' && state.saidCharged;
}

/** OVO has charged the customer; whether that stands is the terminal's setting (rule 12). */
function charged(state: Unsettled, answer: Believed, at: Moment, byCheck: boolean): Step {
  if (approvalStands(state)) return paid(state, at, answer, byCheck);
  if (at.mono - state.t0 >= limits.reversalAtMs)
    return beginReversing(state, at, { saidCharged: true });
  const check = state.kind === 'waiting' ? null : state.check;
  return {
    state: { ...state, kind: 'checking', check, verdict: 'reverse', saidCharged: true },
    effects: [],
  };
}

/** The check brought nothing to build on: a reversal follows, or a person where numbers are contested. */
function checkInconclusive(
  state: Unsettled,
  at: Moment,
  namesInvoice: boolean,
  effects: readonly Effect[] = [],
): Step {
  return settleOrWait(
    state,
    at,
    state.contested && !namesInvoice ? 'attention' : 'reverse',
    effects,
  );
}

/** Before 65 s the verdict is kept, since the push may still be answered; from then on it is carried out. */
function settleOrWait(
  state: Unsettled,
  at: Moment,
  verdict: 'reverse' | 'attention',
  effects: readonly Effect[] = [],
): Step {
  if (at.mono - state.t0 >= limits.reversalAtMs) return carryOut(state, at, verdict, effects);
  // Before the check nothing is decided: an old socket's word does not take the check's place.
  if (state.kind === 'waiting') return { state, effects };
  return {
    state: { ...state, kind: 'checking', verdict, saidCharged: saidCharged(state) },
    effects,
  };
}

function carryOut(
  state: Unsettled,
  at: Moment,
  verdict: 'reverse' | 'attention',
  effects: readonly Effect[] = [],
): Step {
  if (verdict === 'attention') return needsAttention(state, at, 'contested', effects);
  return beginReversing(state, at, { saidCharged: saidCharged(state) }, effects);
}

/** "Nothing has been charged so far": the push may not have reached OVO yet, so OVO is asked again. */
function askAgain(state: Unsettled): Step {
  const { push, t0, contested, foundAtStart, lostCount, replaced } = state;
  const open: Open = { push, t0, contested, foundAtStart, lostCount, replaced };
  return { state: { ...common(state), ...open, kind: 'askedAgain', check: null }, effects: [] };
}

/* ——— deadlines ——— */

function due(state: Unsettled, at: Moment): Step {
  const inDoubt = state.lostCount || at.mono - state.t0 >= limits.sessionMs;
  const idle = state.kind === 'waiting' || state.check === null;
  if (dayIsOver(state, at) || (pastCutOff(state, at) && inDoubt && idle))
    return needsAttention(state, at, 'cutOff');
  switch (state.kind) {
    case 'waiting':
      return waitingDue(state, at);
    case 'checking':
      return checkingDue(state, at);
    case 'askedAgain':
      return askedAgainDue(state, at);
  }
}

function waitingDue(state: StateOf<'waiting'>, at: Moment): Step {
  const age = at.mono - state.t0;
  const { enabled } = state.rules.statusCheck;
  if (age >= limits.reversalAtMs && !(state.foundAtStart && enabled)) {
    return carryOut(state, at, state.contested ? 'attention' : 'reverse');
  }
  if (age < limits.checkAtMs || !enabled) return stay(state);
  // A check that had to wait for its turn gets the time of any attempt; one on time, until 65 s.
  const awaitMs = state.foundAtStart ? limits.attemptMs : limits.reversalAtMs - age;
  const check = fly(state, 'statusCheck', at, awaitMs);
  return {
    state: {
      ...state,
      kind: 'checking',
      attempts: check.attempt,
      check,
      verdict: state.contested ? 'attention' : 'reverse',
      saidCharged: false,
    },
    effects: [{ type: 'send', attempt: check.attempt, operation: 'statusCheck', awaitMs }],
  };
}

function checkingDue(state: StateOf<'checking'>, at: Moment): Step {
  if (at.mono < checkingUntil(state)) return stay(state);
  return carryOut(state, at, state.verdict);
}

/** When the verdict is carried out: at 65 s, or when a check that took its turn is given up. */
export function checkingUntil(state: StateOf<'checking'>) {
  const reversalAt = mono(state.t0 + limits.reversalAtMs);
  return state.check && state.check.giveUpAt > reversalAt ? state.check.giveUpAt : reversalAt;
}

function askedAgainDue(state: StateOf<'askedAgain'>, at: Moment): Step {
  if (state.check) {
    if (at.mono < state.check.giveUpAt) return stay(state);
    return carryOut(state, at, state.contested ? 'attention' : 'reverse');
  }
  if (at.mono - state.t0 < state.rules.notFoundFinalAfterMs) return stay(state);
  const check = fly(state, 'statusCheck', at, limits.attemptMs);
  return {
    state: { ...state, attempts: check.attempt, check },
    effects: [
      { type: 'send', attempt: check.attempt, operation: 'statusCheck', awaitMs: limits.attemptMs },
    ],
  };
}
