import type { Rupiah } from '../../shared/money.ts';
import type { Phone } from '../../shared/phone.ts';
import type { Instant } from '../../shared/time.ts';
import type { NeverSentReason, NoAnswerReason, Numbers } from '../payment/types.ts';

/** Every operation of OVO's one endpoint. */
export type OvoOperation =
  | 'phoneCheck'
  | 'pushToPay'
  | 'statusCheck'
  | 'reversal'
  | 'void'
  | 'voidStatusCheck';

/** Who the terminal is to OVO. */
export interface TerminalIdentity {
  readonly appId: string;
  readonly merchantId: string;
  readonly storeCode: string;
  readonly tid: string;
  readonly mid: string;
}

export type SignatureForm = 'app-id+random' | 'app-id+random+body';

/** What a request is about. A phone check has only a phone; all others the payment's particulars. */
export interface Subject {
  readonly phone: Phone;
  readonly amount: Rupiah;
  /** Null only for a phone check. */
  readonly numbers: Numbers | null;
  /** The `date` in the push, kept for the checks that must repeat it; null before the push. */
  readonly pushedAt: Instant | null;
}

/** A request exactly as it will be sent: recorded first (rule 25), then handed to the wire. */
export interface OutgoingRequest {
  readonly operation: OvoOperation;
  readonly method: 'POST';
  readonly url: string;
  /** Every header, in the order of the wire. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer;
  /** The instant in the body's `date`. */
  readonly date: Instant;
}

/** An answer exactly as received. */
export interface IncomingAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** At most 64 KiB; what came after was not read. */
  readonly body: Buffer;
  readonly cutOff: boolean;
}

/** How an exchange with OVO ended. */
export type ExchangeEnd =
  | { readonly kind: 'answer'; readonly answer: IncomingAnswer }
  /** Surely not one byte of the request left (rule 9a). */
  | { readonly kind: 'neverSent'; readonly reason: NeverSentReason; readonly detail: string }
  /** A byte may have left, and no whole answer came. `partial`: what had arrived, if anything. */
  | {
      readonly kind: 'noAnswer';
      readonly reason: NoAnswerReason;
      readonly detail: string;
      readonly partial: IncomingAnswer | null;
    };

export interface ExchangeOptions {
  /**
   * Asked at the last moment, with the connection up and nothing written. False: the connection is
   * dropped unsent (rules 16, 17).
   */
  readonly mayWrite: () => boolean;
  /** Called at t = 0, when the request is handed to the connected socket. */
  readonly onWritten: () => void;
  /** How long the answer is awaited, and from when. */
  readonly awaitMs: number;
  readonly awaitFrom: 'written' | 'call';
  /** Ends the exchange at once; it then ends as `noAnswer: givenUp`, or `neverSent` if so. */
  readonly signal: AbortSignal;
}

/** The wire. Never throws and never rejects: every way to fail is an `ExchangeEnd`. */
export interface OvoWire {
  exchange(request: OutgoingRequest, options: ExchangeOptions): Promise<ExchangeEnd>;
  /**
   * Whether a connection comes about at all: one is opened (TLS included) and closed again, and no
   * request is sent. Null if it does, else the reason.
   */
  probe(): Promise<NeverSentReason | null>;
  /** Closes idle connections. */
  close(): void;
}
