import type { Rupiah } from '../../shared/money.ts';
import type { Phone } from '../../shared/phone.ts';
import { jakartaDay, mono } from '../../shared/time.ts';
import { closedByHearsay, guardClosed } from './day.ts';
import { notCharged } from './ends.ts';
import { limits } from './limits.ts';
import { common, fly, stay } from './moves.ts';
import type {
  Moment,
  Numbers,
  PaymentEvent,
  PaymentId,
  PaymentRules,
  PaymentState,
  PaymentTerminal,
  StateOf,
  Step,
} from './types.ts';

/** What a cashier asked for. */
export interface Order {
  readonly id: PaymentId;
  readonly amount: Rupiah;
  readonly phone: Phone;
  readonly rules: PaymentRules;
  readonly terminal: PaymentTerminal;
  readonly settings: string;
}

/** The state before anything has happened; only `started` leads out of it. */
export function ordered(order: Order, at: Moment): StateOf<'numbering'> {
  const { id, amount, phone, rules, terminal, settings } = order;
  return {
    kind: 'numbering',
    ...{ id, amount, phone, rules, terminal, settings },
    day: jakartaDay(at.wall),
    startedAt: at.wall,
    numbers: null,
    attempts: 0,
    setAside: false,
    seen: false,
    lastWord: null,
    pushAnswered: false,
  };
}

/**
 * A payment begins: with a phone check if the terminal makes one (rule 8), else with its number. Where
 * only an offset from an earlier run closes the guard, the phone check is made all the same: its
 * answer shows OVO's clock, and the guard is judged by that. Without it the till could not get out.
 */
export function start(state: StateOf<'numbering'>, at: Moment): Step {
  const wanted = state.rules.phoneCheck || closedByHearsay(at, state.rules.midnightGuardMs);
  return wanted ? checkPhone(state, at) : takeNumber(state, at);
}

function checkPhone(state: StateOf<'numbering'>, at: Moment): Step {
  const flight = fly(state, 'phoneCheck', at, limits.phoneCheckMs);
  return {
    state: { ...state, kind: 'checkingPhone', attempts: flight.attempt, check: flight },
    effects: [
      {
        type: 'send',
        attempt: flight.attempt,
        operation: 'phoneCheck',
        awaitMs: limits.phoneCheckMs,
      },
    ],
  };
}

/** Takes the number unless the midnight guard is closed; it is judged here, after the phone check. */
function takeNumber(state: PaymentState, at: Moment): Step {
  const { rules } = state;
  const next: StateOf<'numbering'> = {
    ...common(state),
    kind: 'numbering',
    day: jakartaDay(at.wall),
    numbers: null,
  };
  if (guardClosed(at, rules.midnightGuardMs))
    return notCharged(next, at, 'midnightGuard', { neverSent: true });
  return { state: next, effects: [{ type: 'takeNumber' }] };
}

/** The number is taken: the push goes out, recorded in the same commit (rule 6). */
export function push(state: StateOf<'numbering'>, numbers: Numbers, at: Moment): Step {
  const flight = fly(state, 'pushToPay', at, limits.connectMs + limits.reversalAtMs);
  return {
    state: { ...state, kind: 'pushing', numbers, attempts: flight.attempt, push: flight },
    effects: [
      {
        type: 'send',
        attempt: flight.attempt,
        operation: 'pushToPay',
        awaitMs: limits.reversalAtMs,
      },
    ],
  };
}

/**
 * While OVO is asked about the phone number (rule 8): 00 goes on, 14 stops, anything else leaves it
 * to the cashier, since the check is optional.
 */
export function checkingPhone(state: StateOf<'checkingPhone'>, event: PaymentEvent): Step {
  const { at } = event;
  switch (event.type) {
    case 'answered': {
      if (event.attempt !== state.check.attempt) return stay(state);
      const { answer } = event;
      if (answer.kind === 'believed' && answer.code === '00') return takeNumber(state, at);
      if (answer.kind === 'believed' && answer.code === '14') {
        return notCharged(state, at, 'phoneNotRegisteredInCheck', { code: '14', neverSent: true });
      }
      return unchecked(
        { ...state, lastWord: answer.kind === 'believed' ? answer.code : answer.kind },
        at,
      );
    }
    case 'noAnswer':
    case 'neverSent':
      if (event.attempt !== state.check.attempt) return stay(state);
      return unchecked({ ...state, lastWord: event.reason }, at);
    case 'due':
      if (at.mono < state.check.giveUpAt) return stay(state);
      return unchecked(state, at, [{ type: 'giveUp', attempt: state.check.attempt }]);
    default:
      return stay(state);
  }
}

function unchecked(
  state: StateOf<'checkingPhone'>,
  at: Moment,
  effects: Step['effects'] = [],
): Step {
  const { check: _check, ...rest } = state;
  const until = mono(at.mono + limits.phoneUncheckedMs);
  return { state: { ...rest, kind: 'phoneUnchecked', until }, effects };
}

/** OVO did not confirm the number; the cashier decides, but does not hold the brake for ever. */
export function phoneUnchecked(state: StateOf<'phoneUnchecked'>, event: PaymentEvent): Step {
  const { at } = event;
  switch (event.type) {
    case 'wentOn':
      return takeNumber(state, at);
    case 'cancelled':
      return notCharged(state, at, 'cancelledByCashier', { neverSent: true });
    case 'due':
      if (at.mono < state.until) return stay(state);
      return notCharged(state, at, 'cancelledByCashier', { neverSent: true });
    default:
      return stay(state);
  }
}
