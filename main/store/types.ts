import type { Instant, JakartaDay } from '../../shared/time.ts';
import type { ExchangeEnd, OutgoingRequest } from '../ovo/types.ts';
import type {
  AttemptNumber,
  BatchNumber,
  Numbers,
  PaymentEvent,
  PaymentId,
  PaymentState,
  ReferenceNumber,
} from '../payment/types.ts';

/** Counters belong to this triple (rule 5). */
export interface TerminalKey {
  readonly environment: 'training' | 'staging' | 'production';
  readonly merchantId: string;
  readonly tid: string;
}

/** How numbers are made (rules 2–4) and written. */
export interface NumberingSettings {
  readonly numbering: 'date' | 'sequence';
  readonly numberFormat: 'unpadded-text' | 'padded-text' | 'number';
}

/** A payment as it stands, and as the database keeps it. */
export interface StoredPayment {
  readonly state: PaymentState;
  /** How many events it has had: the next takes this number plus one. */
  readonly events: number;
  /** The `date` in its push, for status checks; null before the push was recorded. */
  readonly pushedAt: Instant | null;
  /** When the machine wanted to act next, by the PC's clock when that was written; null for none. */
  readonly deadlineAt: Instant | null;
}

/** What one step of a payment writes. */
export interface Save {
  readonly payment: StoredPayment;
  /** The events that led here since the last save, oldest first. Their numbers end at `payment.events`. */
  readonly newEvents: readonly PaymentEvent[];
  /** False once nothing is left to do, decide or see: such a payment is not loaded at start. */
  readonly live: boolean;
}

export interface StoredExchange {
  readonly attempt: AttemptNumber;
  readonly recordedAt: Instant;
  readonly request: OutgoingRequest;
  /** Null while under way, or if the program ended before it was known. */
  readonly end: ExchangeEnd | null;
  readonly endedAt: Instant | null;
}

/** A jump of the counters that was not a payment: seeding, or what a restore skipped (rules 5, 7). */
export interface NumberJump {
  readonly at: Instant;
  readonly reason: 'seeded' | 'databaseOlder' | 'databaseNew';
  readonly batch: BatchNumber;
  /** The highest given out or skipped in this batch before; null if none. */
  readonly fromReference: ReferenceNumber | null;
  /** The next to be given out in this batch; 1000000 if that leaves none. */
  readonly toReference: ReferenceNumber;
}

/**
 * The till's memory. Every method is synchronous; what `commit` has returned from is durable.
 * @throws StoreUnavailable when the disk is full, or the file locked or read-only: nothing was kept.
 */
export interface Store {
  /** Runs `work` in one transaction, durable on return; a throw undoes it all. Nested calls join. */
  commit<T>(work: () => T): T;

  /**
   * The id for the next new payment: unlike any stored or handed out before, unless that was in a
   * commit that was undone.
   */
  nextPaymentId(): PaymentId;
  /** Inserts or updates the payment's present-state row and appends its events. Call in `commit`. */
  save(save: Save): void;
  /** Keeps a request exactly as it will be sent (rule 25). Call in `commit`, before it is sent. */
  recordRequest(id: PaymentId, attempt: AttemptNumber, request: OutgoingRequest, at: Instant): void;
  /** Keeps how an exchange ended, exactly as received. Call in the `commit` of its consequence. */
  recordEnd(id: PaymentId, attempt: AttemptNumber, end: ExchangeEnd, at: Instant): void;

  /**
   * Gives out the next number of `day` (rules 1–5) with a new invoice (rule 7a). Call in `commit`,
   * together with the payment that takes it.
   * @param token at least 60 random bits as A–Z and 0–9, drawn for this attempt.
   * @throws NumbersExhausted (rules 3 and 4).
   */
  takeNumber(day: JakartaDay, at: Instant, token: string): Numbers;
  /**
   * Seeds the next batch and reference (rule 7).
   * @throws SeedNotForward if that would give out numbers from before the next one.
   * @throws SeedImpossible if it names no number: outside 1 … 999999, or no day in date mode.
   */
  seedNumber(
    day: JakartaDay,
    next: { batch: BatchNumber; reference: ReferenceNumber },
    at: Instant,
  ): void;
  numberJumps(): readonly NumberJump[];
  /**
   * True if this start, or one in the last 24 hours, found a database that is older than the last
   * numbers, or a new one in the place of one that was lost: payments may be missing in it. Also
   * where nothing proves the contrary.
   */
  readonly recordsMayBeMissing: boolean;

  /** Payments with something left to do, decide or see; oldest first. */
  live(): readonly StoredPayment[];
  /** The last payments, newest first. */
  recent(limit: number): readonly StoredPayment[];
  payment(id: PaymentId): StoredPayment | null;
  events(id: PaymentId): readonly PaymentEvent[];
  exchanges(id: PaymentId): readonly StoredExchange[];
  /** True if another payment holds this trace number or approval code (rule 12a). */
  inBooks(notOf: PaymentId, traceNumber: string | null, approvalCode: string | null): boolean;

  /** Small facts that outlive a run: language, clock offset, what was proven. */
  setting(name: string): string | null;
  setSetting(name: string, value: string): void;

  /**
   * Looks whether the open database is still the one in the folder, and so whether what is committed
   * will be found again (N2). Some microseconds: for the driver's heartbeat.
   * @throws StoreUnavailable with the reason `gone` once its file or its log was removed, moved or
   * replaced by another.
   */
  stillThere(): void;

  /** Ends cleanly: folds the write-ahead log into the file. */
  close(): void;
}
