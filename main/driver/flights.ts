import type { ExchangeEnd } from '../ovo/types.ts';
import type { AttemptNumber, Operation, PaymentId } from '../payment/types.ts';
import type { Outgoing, World } from './world.ts';

/** What the driver is asked and told about an exchange. */
export interface FlightEars {
  /** With the connection up and nothing written: may it still leave? (rules 16, 17) */
  mayWrite(id: PaymentId, operation: Operation): boolean;
  /** t = 0 of a push. */
  written(id: PaymentId, attempt: AttemptNumber): void;
  ended(flight: Landed): void;
}

/** How an exchange ended. */
export interface Landed {
  readonly id: PaymentId;
  readonly attempt: AttemptNumber;
  readonly operation: Operation;
  readonly end: ExchangeEnd;
  readonly tookMs: number;
}

/** The exchanges under way. Each ends exactly once, whatever happens to it. */
export class Flights {
  private readonly world: Pick<World, 'wire' | 'clock'>;
  private readonly ears: FlightEars;
  private readonly open = new Map<PaymentId, Map<AttemptNumber, AbortController>>();

  constructor(world: Pick<World, 'wire' | 'clock'>, ears: FlightEars) {
    this.world = world;
    this.ears = ears;
  }

  /** Sends a request that is already recorded (N2). */
  send({ id, effect, request }: Outgoing): void {
    const { operation, attempt, awaitMs } = effect;
    const { clock, wire } = this.world;
    const controller = new AbortController();
    const ofPayment = this.open.get(id) ?? new Map<AttemptNumber, AbortController>();
    this.open.set(id, ofPayment.set(attempt, controller));
    const calledAt = clock.mono();
    void wire
      .exchange(request, {
        awaitMs,
        awaitFrom: operation === 'pushToPay' ? 'written' : 'call',
        signal: controller.signal,
        mayWrite: () => this.ears.mayWrite(id, operation),
        onWritten: () => {
          if (operation === 'pushToPay') this.ears.written(id, attempt);
        },
      })
      .then((end) => {
        this.land(id, attempt);
        this.ears.ended({ id, attempt, operation, end, tookMs: clock.mono() - calledAt });
      });
  }

  /** Closes an attempt's socket; it still ends, as given up. */
  giveUp(id: PaymentId, attempt: AttemptNumber): void {
    this.open.get(id)?.get(attempt)?.abort();
  }

  giveUpAll(): void {
    for (const ofPayment of this.open.values())
      for (const flight of ofPayment.values()) flight.abort();
  }

  /** True while any socket of this payment may still speak (rule 14a). */
  has(id: PaymentId): boolean {
    return this.open.has(id);
  }

  private land(id: PaymentId, attempt: AttemptNumber): void {
    const ofPayment = this.open.get(id);
    ofPayment?.delete(attempt);
    if (ofPayment?.size === 0) this.open.delete(id);
  }
}
