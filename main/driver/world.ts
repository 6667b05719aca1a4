import type { Instant } from '../../shared/time.ts';
import type { MessageContext } from '../ovo/messages.ts';
import type { ExchangeEnd, OutgoingRequest, OvoWire } from '../ovo/types.ts';
import type {
  AttemptNumber,
  Deadline,
  Effect,
  Moment,
  PaymentEvent,
  PaymentId,
  PaymentState,
} from '../payment/types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { Random } from '../platform/random.ts';
import type { Store } from '../store/types.ts';

/** Everything that the driver touches comes in here. */
export interface World {
  readonly store: Store;
  readonly wire: OvoWire;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly message: MessageContext;
  /** False once another copy of the program could have this data folder too (rule 24). */
  readonly stillAlone: () => boolean;
  /** Identifies the settings under which "not found" was proven (rule 12b). */
  readonly fingerprint: string;
}

/** A payment that the till still has to do with. */
export interface Live {
  readonly id: PaymentId;
  readonly state: PaymentState;
  /** How many events it has had. */
  readonly events: number;
  /** The `date` of its push; null before. */
  readonly pushedAt: Instant | null;
  readonly deadline: Deadline | null;
  /** Events that are in `state` but not yet on disk: only such as a restart can do without. */
  readonly unsaved: readonly PaymentEvent[];
}

/** An event for a payment, and what belongs into the same commit. */
export interface Happening {
  readonly id: PaymentId;
  readonly event: (at: Moment) => PaymentEvent;
  /** How the exchange behind the event ended, to be kept with it. */
  readonly end?: {
    readonly attempt: AttemptNumber;
    readonly end: ExchangeEnd;
    readonly at: Instant;
  };
}

export type SendEffect = Extract<Effect, { type: 'send' }>;

/** A request that is recorded and waits to be sent. */
export interface Outgoing {
  readonly id: PaymentId;
  /** The lane of the deadline that called for it: whether it holds the turn (rule 15). */
  readonly lane: Deadline['lane'];
  readonly effect: SendEffect;
  readonly request: OutgoingRequest;
}

/** What one step of a payment comes to, once its commit is durable. */
export interface Advance {
  readonly live: Live;
  readonly effects: readonly Effect[];
  readonly outgoing: readonly Outgoing[];
}

/** Something is left to do, to decide, or to be seen: a start must find it again. */
export function isLive({ state, deadline }: Pick<Live, 'state' | 'deadline'>): boolean {
  return deadline !== null || state.kind === 'needsAttention' || !state.seen;
}
