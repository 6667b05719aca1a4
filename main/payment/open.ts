import { responseCode } from '../../shared/ovo/response-codes.ts';
import { mono } from '../../shared/time.ts';
import { approvalStands, isFinal, isOurs } from './checks.ts';
import { dayIsOver, mayLeave, pastCutOff } from './day.ts';
import { declined, needsAttention, notCharged, paid, reversed } from './ends.ts';
import { limits } from './limits.ts';
import { common, fly, reached, stay } from './moves.ts';
import { beginReversing } from './reversing.ts';
import type {
  Believed,
  Effect,
  Flight,
  Moment,
  Open,
  PaymentEvent,
  PaymentState,
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
      // The gate also holds back a push that a later number has overtaken: that one is just not sent.
      const tooLate = event.reason === 'gate' && !mayLeave(state, 'pushToPay', at);
      const reason = tooLate ? 'midnightGuard' : 'noConnection';
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
  return { ...state, ...unheard, kind: 'waiting', t0: at.mono, push };
}

/** An open payment of which nothing is known yet. */
const unheard = {
  contested: false,
  foundAtStart: false,
  lostCount: false,
  replaced: false,
  saidCharged: false,
  lastCheckAt: null,
} as const satisfies Partial<Open>;

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
    state.kind === 'pushing' ? { ...unheard, t0: at.mono, push: state.push } : openOf(state);
  const next: StateOf<'waiting'> = {
    ...common(state),
    // What OVO has said stays said: contested, charged, and what the cashier did about it.
    ...was,
    kind: 'waiting',
    t0: at.mono,
    push: restarted ? null : was.push,
    foundAtStart: was.foundAtStart || restarted,
    lostCount: true,
    lastCheckAt: was.lastCheckAt === null ? null : at.mono,
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
      if (!mayPayOtherwise(state)) return stay(state);
      return { state: { ...state, replaced: true }, effects: [] };
    default:
      return stay(state);
  }
}

/** Once the till has said that nothing was charged so far; after a restart it may have said so before. */
export function mayPayOtherwise(state: PaymentState): boolean {
  if (state.kind === 'askedAgain') return !state.replaced;
  return (
    (state.kind === 'waiting' || state.kind === 'checking') && state.lostCount && !state.replaced
  );
}

function openOf({ t0, push, ...state }: Unsettled): Open {
  const { contested, foundAtStart, lostCount, replaced, saidCharged, lastCheckAt } = state;
  return { t0, push, contested, foundAtStart, lostCount, replaced, saidCharged, lastCheckAt };
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
  if (event.type !== 'answered') return asNoAnswer({ ...landed, lastWord: event.reason }, event.at);
  if (event.answer.kind === 'anotherPayment')
    return needsAttention(landed, event.at, 'numbersOfAnotherPayment');
  if (event.answer.kind !== 'believed') {
    return asNoAnswer({ ...landed, lastWord: event.answer.kind }, event.at);
  }
  return checkAnswered({ ...landed, lastWord: event.answer.code }, event.answer, check, event.at);
}

/* ——— the push's own answer (rules 9–11, 12a) ——— */

function pushAnswered(state: Unsettled, event: Extract<PaymentEvent, { type: 'answered' }>): Step {
  const { at, answer } = event;
  if (answer.kind !== 'believed')
    return { state: { ...state, lastWord: answer.kind }, effects: [] };
  const told = { ...state, lastWord: answer.code, pushAnswered: true };
  const row = responseCode(answer.code);
  if (row.push === 'contested') return contest(told);
  // After a sleep, what an old socket says counts as a status check's answer (rule 22).
  if (state.lostCount) return checkAnswered(told, answer, null, at);
  switch (row.push) {
    case 'charged':
      if (!reached(at, state.t0, limits.sessionMs)) return paid(told, at, answer, false);
      return charged(told, answer, at, false);
    case 'notCharged':
      if (answer.code === '25' && !at.notFoundTrusted) return { state: told, effects: [] };
      if (state.saidCharged) return needsAttention(told, at, 'contradiction');
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
  switch (row.check) {
    case 'charged':
      if (state.contested && !isOurs(answer)) return verdict(state, at, 'attention');
      return charged(state, answer, at, check !== null);
    case 'reversed':
      return reversed(state, at);
    case 'notFound':
      if (!at.notFoundTrusted || state.saidCharged) return asNoAnswer(state, at);
      if (final) return notCharged(state, at, 'notFound', { code: answer.code });
      if (state.rules.reverseOnNotFound) return asNoAnswer(state, at);
      return askAgain(state);
    case 'declined':
      if (state.saidCharged) return needsAttention(state, at, 'contradiction');
      return final ? declined(state, at, answer.code) : asNoAnswer(state, at);
    case 'reverse':
      return verdict(state, at, state.contested && !answer.names.invoice ? 'attention' : 'reverse');
    case 'noAnswer':
      return asNoAnswer(state, at);
    case 'misconfigured':
      return asNoAnswer(state, at, [terminalWrong]);
  }
}

/** OVO has charged the customer; whether that stands is the terminal's setting (rule 12). */
function charged(state: Unsettled, answer: Believed, at: Moment, byCheck: boolean): Step {
  if (approvalStands(state)) return paid(state, at, answer, byCheck);
  const told = { ...state, saidCharged: true };
  if (reached(at, state.t0, limits.reversalAtMs)) return beginReversing(told, at);
  const check = state.kind === 'waiting' ? null : state.check;
  return { state: { ...told, kind: 'checking', check, verdict: 'reverse' }, effects: [] };
}

/**
 * The check brought nothing to build on: a reversal follows. Where the numbers are contested it is a
 * person's, since not even an echo of our invoice says that the reversal would hit our payment (12a).
 */
function asNoAnswer(state: Unsettled, at: Moment, effects: readonly Effect[] = []): Step {
  return verdict(state, at, state.contested ? 'attention' : 'reverse', effects);
}

/** Before 65 s it is kept, since the push may still be answered; from then on it is carried out. */
function verdict(
  state: Unsettled,
  at: Moment,
  what: 'reverse' | 'attention',
  effects: readonly Effect[] = [],
): Step {
  if (reached(at, state.t0, limits.reversalAtMs)) return carryOut(state, at, what, effects);
  // Before the check nothing is decided: an old socket's word does not take the check's place.
  if (state.kind === 'waiting') return { state, effects };
  return { state: { ...state, kind: 'checking', verdict: what }, effects };
}

function carryOut(
  state: Unsettled,
  at: Moment,
  what: 'reverse' | 'attention',
  effects: readonly Effect[] = [],
): Step {
  if (what === 'attention') return needsAttention(state, at, 'contested', effects);
  return beginReversing(state, at, effects);
}

/** "Nothing has been charged so far": the push may not have reached OVO yet, so OVO is asked again. */
function askAgain(state: Unsettled): Step {
  if (state.kind === 'waiting') return stay(state);
  return {
    state: { ...common(state), ...openOf(state), kind: 'askedAgain', check: null },
    effects: [],
  };
}

/* ——— deadlines ——— */

function due(state: Unsettled, at: Moment): Step {
  const inDoubt = state.lostCount || reached(at, state.t0, limits.sessionMs);
  const idle = state.kind === 'waiting' || state.check === null;
  if (dayIsOver(state, at) || (pastCutOff(state, at) && inDoubt && idle))
    return needsAttention(state, at, 'cutOff');
  switch (state.kind) {
    case 'waiting':
      return waitingDue(state, at);
    case 'checking':
      return at.mono < checkingUntil(state) ? stay(state) : carryOut(state, at, state.verdict);
    case 'askedAgain':
      return askedAgainDue(state, at);
  }
}

function waitingDue(state: StateOf<'waiting'>, at: Moment): Step {
  const { enabled } = state.rules.statusCheck;
  const usual = state.contested ? 'attention' : 'reverse';
  if (reached(at, state.t0, limits.reversalAtMs) && !(state.foundAtStart && enabled))
    return carryOut(state, at, usual);
  if (!enabled || !reached(at, state.t0, limits.checkAtMs)) return stay(state);
  // A check that had to wait for its turn gets the time of any attempt; one on time, until 65 s.
  const left = state.t0 + limits.reversalAtMs - at.mono;
  const awaitMs = state.foundAtStart ? limits.attemptMs : left;
  return ask({ ...state, kind: 'checking', check: null, verdict: usual }, at, awaitMs);
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
  if (!reached(at, state.t0, state.rules.notFoundFinalAfterMs)) return stay(state);
  return ask(state, at, limits.attemptMs);
}

function ask(state: StateOf<'checking' | 'askedAgain'>, at: Moment, awaitMs: number): Step {
  const check = fly(state, 'statusCheck', at, awaitMs);
  return {
    state: { ...state, attempts: check.attempt, check, lastCheckAt: at.mono },
    effects: [{ type: 'send', attempt: check.attempt, operation: 'statusCheck', awaitMs }],
  };
}
