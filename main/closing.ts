import { type Mono, mono } from '../shared/time.ts';
import { hasEnded } from './driver/view.ts';
import { limits } from './payment/limits.ts';
import type { PaymentState } from './payment/types.ts';

/** What speaks against closing the till at a moment (rule 23). */
export interface Closing {
  /** Closing is refused for so many milliseconds yet; 0 once it may be asked for. */
  readonly refusedForMs: number;
  /** Payments that the machine has not brought to an end: a later start takes them up. */
  readonly undone: number;
}

/** Remembers the last push, so that the shell can be told when closing is no longer refused. */
export class ClosingWatch {
  private lastPush: Mono | null = null;

  /** Hears of every change. A payment whose push may have left carries its t = 0 (rule 22 counts anew). */
  note(state: PaymentState): void {
    if (!('t0' in state && 'push' in state)) return;
    this.lastPush = mono(Math.max(this.lastPush ?? state.t0, state.t0));
  }

  /** Rule 23. A push that is on its way to its socket counts as one that leaves now. */
  at(now: Mono, states: readonly PaymentState[]): Closing {
    const leaving = states.some(({ kind }) => kind === 'numbering' || kind === 'pushing');
    const last = leaving ? now : this.lastPush;
    const refusedForMs = last === null ? 0 : Math.max(0, last + limits.reversalAtMs - now);
    return { refusedForMs, undone: states.filter((state) => !hasEnded(state)).length };
  }
}
