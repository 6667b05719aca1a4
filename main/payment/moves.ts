import { type Mono, mono } from '../../shared/time.ts';
import type { AttemptNumber, Flight, Moment, Operation, PaymentState, Step } from './types.ts';

/** Nothing changes. The driver keeps no event that leads here. */
export function stay(state: PaymentState): Step {
  return { state, effects: [] };
}

/** The payment's next attempt, as it takes off. */
export function fly(
  state: PaymentState,
  operation: Operation,
  at: Moment,
  awaitMs: number,
): Flight {
  return {
    attempt: (state.attempts + 1) as AttemptNumber,
    operation,
    sentAt: at.mono,
    giveUpAt: mono(at.mono + awaitMs),
  };
}

/** True once `ms` have passed since `from`: the sum that a deadline is named by, and no other. */
export function reached(at: Moment, from: Mono, ms: number): boolean {
  return at.mono >= from + ms;
}

/** What a state keeps whatever becomes of it. */
export function common(state: PaymentState) {
  const { id, amount, phone, day, startedAt, rules, terminal, settings, numbers } = state;
  const { attempts, setAside, seen, lastWord, pushAnswered } = state;
  return {
    ...{ id, amount, phone, day, startedAt, rules, terminal, settings, numbers },
    ...{ attempts, setAside, seen, lastWord, pushAnswered },
  };
}

/** The requests a state has under way, apart from those it no longer cares about. */
export function flights(state: PaymentState): readonly Flight[] {
  switch (state.kind) {
    case 'checkingPhone':
      return [state.check];
    case 'pushing':
      return [state.push];
    case 'waiting':
      return present(state.push);
    case 'checking':
    case 'askedAgain':
      return present(state.push, state.check);
    case 'reversing':
      return present(state.flight);
    case 'paid':
      return present(state.proof?.flight ?? null);
    default:
      return [];
  }
}

function present(...maybe: readonly (Flight | null)[]): readonly Flight[] {
  return maybe.filter((flight) => flight !== null);
}
