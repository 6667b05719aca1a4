import { dayMs, instantInDay, type Mono, mono } from '../../shared/time.ts';
import { monoOf } from './day.ts';
import { limits } from './limits.ts';
import { checkingUntil, pushingUntil } from './open.ts';
import type { Deadline, Moment, Open, PaymentState } from './types.ts';

/** The transport ends an attempt by itself at its limit; the machine asks a little after that. */
const backstopMs = 500;

/**
 * When the payment must be looked at next with a `due` event, or null when the till has nothing left
 * to do. `turn`: an attempt follows that waits for its turn among the others (rule 15). Depends on the
 * moment only through the wall clock: the cut-off lies where the later clock says it does now.
 */
export function deadlineOf(state: PaymentState, at: Moment): Deadline | null {
  switch (state.kind) {
    case 'numbering':
      return { at: at.mono, lane: 'onTime' };
    case 'checkingPhone':
      return { at: after(state.check.giveUpAt), lane: 'onTime' };
    case 'phoneUnchecked':
      return { at: state.until, lane: 'onTime' };
    case 'pushing':
      return { at: pushingUntil(state), lane: 'onTime' };
    case 'waiting': {
      const { enabled } = state.rules.statusCheck;
      const next = mono(state.t0 + (enabled ? limits.checkAtMs : limits.reversalAtMs));
      return within(openUntil(state, true, at), {
        at: next,
        lane: enabled && state.foundAtStart ? 'turn' : 'onTime',
      });
    }
    case 'checking':
      return within(openUntil(state, state.check === null, at), {
        at: checkingUntil(state),
        lane: 'onTime',
      });
    case 'askedAgain':
      return within(
        openUntil(state, state.check === null, at),
        state.check
          ? { at: after(state.check.giveUpAt), lane: 'onTime' }
          : { at: mono(state.t0 + state.rules.notFoundFinalAfterMs), lane: 'turn' },
      );
    case 'reversing':
      if (state.flight) return { at: after(state.flight.giveUpAt), lane: 'onTime' };
      return within(monoOf(instantInDay(state.day, limits.cutOffBeginMs), at), {
        at: state.nextAt,
        lane: 'turn',
      });
    case 'paid':
      if (state.proof === null) return null;
      if (state.proof.flight) return { at: after(state.proof.flight.giveUpAt), lane: 'onTime' };
      return { at: state.proof.at, lane: 'turn' };
    case 'notCharged':
    case 'reversed':
    case 'needsAttention':
    case 'resolved':
      return null;
  }
}

function after(giveUpAt: Mono): Mono {
  return mono(giveUpAt + backstopMs);
}

/**
 * Where an unsettled payment ends at the latest: at the cut-off once it is in doubt and nothing of it
 * is under way, else at the end of its day (rule 18, T3).
 */
function openUntil(state: PaymentState & Open, idle: boolean, at: Moment): Mono {
  const dayEnds = monoOf(instantInDay(state.day, dayMs), at);
  if (!idle) return dayEnds;
  const cutOff = monoOf(instantInDay(state.day, limits.cutOffMs), at);
  const inDoubtAt = state.lostCount ? at.mono : mono(state.t0 + limits.sessionMs);
  return mono(Math.min(dayEnds, Math.max(cutOff, inDoubtAt)));
}

/** A decision at `until` needs no turn: nothing is sent. */
function within(until: Mono, next: Deadline): Deadline {
  return until < next.at ? { at: until, lane: 'onTime' } : next;
}
