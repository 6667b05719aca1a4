import type { Rupiah } from '../../shared/money.ts';
import type { ReasonWords } from '../../shared/ovo/response-codes.ts';
import type { Phone } from '../../shared/phone.ts';
import type { Instant, JakartaDay, Mono } from '../../shared/time.ts';

/** A payment's own id: 1, 2, 3 … in this terminal's database. Our key, never OVO's. */
export type PaymentId = number & { readonly PaymentId: unique symbol };
/** The number of an attempt within its payment: 1 for the first request of any kind. */
export type AttemptNumber = number & { readonly AttemptNumber: unique symbol };

/** A batch or reference number as a number, for comparing; its text as sent is kept beside it. */
export type BatchNumber = number & { readonly BatchNumber: unique symbol };
export type ReferenceNumber = number & { readonly ReferenceNumber: unique symbol };

/** What OVO knows a payment by. The texts are used byte for byte in all that follows (rule 6). */
export interface Numbers {
  readonly batch: BatchNumber;
  readonly reference: ReferenceNumber;
  readonly batchText: string;
  readonly referenceText: string;
  /** True if batch and reference travel as JSON numbers (setting `numberFormat: number`). */
  readonly asNumber: boolean;
  readonly invoice: string;
}

/** The requests a payment makes in its life. */
export type Operation = 'phoneCheck' | 'pushToPay' | 'statusCheck' | 'reversal';

/** The terminal's names in a payment's messages. */
export interface PaymentTerminal {
  readonly merchantId: string;
  readonly storeCode: string;
  readonly tid: string;
  readonly mid: string;
}

/** The terminal's settings that shape a payment, as they stood when it began (rule 6). */
export interface PaymentRules {
  readonly phoneCheck: boolean;
  readonly statusCheck: {
    readonly enabled: boolean;
    readonly onApproved: 'accept' | 'reverse';
    readonly onApprovedLate: 'accept' | 'reverse';
  };
  readonly reverseOnNotFound: boolean;
  /** Milliseconds after t = 0, at least 130 000. */
  readonly notFoundFinalAfterMs: number;
  /** Milliseconds into the Jakarta day from which no new payment is begun (rule 17). */
  readonly midnightGuardMs: number;
}

/** All that an event may know of the world: clocks, what was heard, and a die already cast. */
export interface Moment {
  readonly mono: Mono;
  /** The PC's wall clock. */
  readonly wall: Instant;
  /** OVO's clock minus the PC's, from OVO's last `Date` (rule 26a). */
  readonly offsetMs: number;
  /** True once an answer of this run has shown its `Date` (rule 26a). */
  readonly heard: boolean;
  /** True once a check of a paid payment was answered 00 under the present settings (rule 12b). */
  readonly notFoundTrusted: boolean;
  /** Uniform in [0, 1): the jitter of pauses. */
  readonly roll: number;
}

/**
 * An answer, after it was held against its request (rule 10). Only `believed` is an answer; the
 * others leave the operation in doubt, each for its own reason.
 */
export type Answer =
  | {
      readonly kind: 'believed';
      readonly code: string;
      /** Which of our own particulars the answer carries; one that differs is not believed. */
      readonly names: {
        readonly invoice: boolean;
        readonly amount: boolean;
        readonly phone: boolean;
      };
      readonly approvalCode: string | null;
      readonly traceNumber: string | null;
      /** True if trace number or approval code belong to another payment in our books (rule 12a). */
      readonly seenBefore: boolean;
    }
  /** A status answer that names another invoice, amount or phone: our numbers are another's. */
  | { readonly kind: 'anotherPayment'; readonly differs: readonly string[] }
  | { readonly kind: 'notOurs'; readonly differs: readonly string[] }
  | { readonly kind: 'unreadable'; readonly why: string };

export type Believed = Extract<Answer, { kind: 'believed' }>;

/** Why surely not one byte of a request left (rule 9a). `gate`: it was too late to send. */
export type NeverSentReason =
  | 'nameNotFound'
  | 'refused'
  | 'unreachable'
  | 'tlsRefused'
  | 'proxyRefused'
  | 'connectTimeout'
  | 'gate';

/** Why a request that may have left has no answer. */
export type NoAnswerReason = 'timeout' | 'connectionLost' | 'answerTooLong' | 'givenUp';

/** What happened to a payment. Each is stored; folded over `step` they give the payment's state. */
export type PaymentEvent =
  | { readonly type: 'started'; readonly at: Moment }
  /** The cashier goes on although OVO did not confirm the phone number. */
  | { readonly type: 'wentOn'; readonly at: Moment }
  | { readonly type: 'cancelled'; readonly at: Moment }
  | { readonly type: 'numbered'; readonly at: Moment; readonly numbers: Numbers }
  | { readonly type: 'numberRefused'; readonly at: Moment }
  /** The push reached a connected socket: t = 0. */
  | { readonly type: 'written'; readonly at: Moment; readonly attempt: AttemptNumber }
  | {
      readonly type: 'neverSent';
      readonly at: Moment;
      readonly attempt: AttemptNumber;
      readonly reason: NeverSentReason;
    }
  | {
      readonly type: 'noAnswer';
      readonly at: Moment;
      readonly attempt: AttemptNumber;
      readonly reason: NoAnswerReason;
    }
  | {
      readonly type: 'answered';
      readonly at: Moment;
      readonly attempt: AttemptNumber;
      readonly operation: Operation;
      readonly answer: Answer;
    }
  /** The deadline that the state names has come, and the turn if it wants one. */
  | { readonly type: 'due'; readonly at: Moment }
  /** The program was started and finds this payment unfinished (rule 22). */
  | { readonly type: 'restarted'; readonly at: Moment }
  /** The system slept, or its clocks came apart (rule 22). */
  | { readonly type: 'resumed'; readonly at: Moment }
  | { readonly type: 'setAside'; readonly at: Moment }
  | { readonly type: 'broughtBack'; readonly at: Moment }
  /** Someone has seen how it ended. */
  | { readonly type: 'seen'; readonly at: Moment }
  /** The cashier has taken this sale's money another way (rule 12, `onApprovedLate`). */
  | { readonly type: 'paidOtherwise'; readonly at: Moment }
  /** A person's note on a payment that needs attention (rule 18). */
  | {
      readonly type: 'resolved';
      readonly at: Moment;
      readonly as: 'charged' | 'notCharged';
      readonly by: string;
      readonly reason: string;
    };

/** A request that is under way. */
export interface Flight {
  readonly attempt: AttemptNumber;
  readonly operation: Operation;
  readonly sentAt: Mono;
  /** When it is given up, if the transport has not said so before. */
  readonly giveUpAt: Mono;
}

/** Why a payment needs a person (rule 18). */
export type AttentionReason = 'cutOff' | 'numbersOfAnotherPayment' | 'contested' | 'contradiction';

export type ManagerNotice = 'terminalSetUpWrongly' | 'statusChecksUnproven' | 'programFault';

/** What every state of a payment carries. */
export interface Common {
  readonly id: PaymentId;
  readonly amount: Rupiah;
  readonly phone: Phone;
  /** The day whose cut-off holds: that of the number, or of the start until there is one. */
  readonly day: JakartaDay;
  readonly startedAt: Instant;
  readonly rules: PaymentRules;
  /** Who the terminal was to OVO when it asked: kept for all that follows (rule 6). */
  readonly terminal: PaymentTerminal;
  /** Identifies the settings it was made under: "not found" is proven for those alone (rule 12b). */
  readonly settings: string;
  readonly numbers: Numbers | null;
  /** Attempts made so far; the next takes the number after it. */
  readonly attempts: number;
  readonly setAside: boolean;
  readonly seen: boolean;
  /** The last response code or reason of doubt, for the screen's small print. */
  readonly lastWord: string | null;
  /** The push itself was answered believably; as long as it was not, a timeout is the true word. */
  readonly pushAnswered: boolean;
}

/** What is known of a payment whose push may have left and whose reversal has not been recorded. */
export interface Open {
  /** From when 55, 62, 65 and 130 s count: t = 0, or the last start or resume (rule 22). */
  readonly t0: Mono;
  readonly push: Flight | null;
  /** The payment's own answer was 94 or 40 (rule 12a). */
  readonly contested: boolean;
  /** True if a start found this payment unfinished: it takes its turn, and OVO must be heard first. */
  readonly foundAtStart: boolean;
  /** True once the till has lost count of time: a late 00 counts as a status check's. */
  readonly lostCount: boolean;
  /** The cashier has taken this sale's money another way. */
  readonly replaced: boolean;
  /** OVO has said charged, and the terminal is set to reverse. */
  readonly saidCharged: boolean;
  readonly lastCheckAt: Mono | null;
}

export type PaymentState = Common &
  (
    | { readonly kind: 'checkingPhone'; readonly check: Flight }
    | { readonly kind: 'phoneUnchecked'; readonly until: Mono }
    /** A number is being taken; lasts no longer than the commit that takes it. */
    | { readonly kind: 'numbering' }
    /** Recorded, and on its way to a socket: not known to have left. */
    | { readonly kind: 'pushing'; readonly push: Flight }
    | ({ readonly kind: 'waiting' } & Open)
    | ({
        readonly kind: 'checking';
        readonly check: Flight | null;
        /** What follows at 65 s if nothing better is heard. */
        readonly verdict: 'reverse' | 'attention';
      } & Open)
    /** OVO knew of no payment at 62 s: asked again when that can be final (rule 12). */
    | ({ readonly kind: 'askedAgain'; readonly check: Flight | null } & Open)
    | {
        readonly kind: 'reversing';
        readonly t0: Mono;
        readonly flight: Flight | null;
        /** Reversals recorded. From the first on nothing can make the payment paid (rule 9). */
        readonly reversals: number;
        readonly reversalsSinceCheck: number;
        readonly lastCheckAt: Mono | null;
        /** When reversing began, for the growth of the pauses. */
        readonly since: Mono;
        readonly nextAt: Mono;
        readonly foundAtStart: boolean;
        readonly contested: boolean;
        readonly saidCharged: boolean;
        readonly replaced: boolean;
      }
    | {
        readonly kind: 'paid';
        readonly paidAt: Instant;
        readonly approvalCode: string | null;
        readonly traceNumber: string | null;
        /** The check that proves our status checks find a payment (rule 12b), if this one makes it. */
        readonly proof: { readonly at: Mono; readonly flight: Flight | null } | null;
      }
    | {
        readonly kind: 'notCharged';
        readonly reason: ReasonWords;
        readonly code: string | null;
        readonly endedAt: Instant;
        /** True if surely no request to charge left: OVO cannot know of it. */
        readonly neverSent: boolean;
      }
    | { readonly kind: 'reversed'; readonly endedAt: Instant }
    | {
        readonly kind: 'needsAttention';
        readonly reason: AttentionReason;
        readonly since: Instant;
        /** From when 130 s count before a person may call it not charged (rule 18). */
        readonly t0: Mono;
      }
    | {
        readonly kind: 'resolved';
        readonly as: 'charged' | 'notCharged';
        readonly by: string;
        readonly reason: string;
        readonly endedAt: Instant;
      }
  );

/** The states of one kind, or of several. */
export type Kind = PaymentState['kind'];
export type StateOf<K extends Kind> = Extract<PaymentState, { kind: K }>;

/** What one step gives: the next state, and what is to be done about it. Nothing has been done yet. */
export interface Step {
  readonly state: PaymentState;
  readonly effects: readonly Effect[];
}

/** What the machine wants done. The driver does it and decides nothing. */
export type Effect =
  /** Give the payment its number, in the same commit, and say `numbered` or `numberRefused`. */
  | { readonly type: 'takeNumber' }
  /** Record this request in the same commit; when that is durable, send it. */
  | {
      readonly type: 'send';
      readonly attempt: AttemptNumber;
      readonly operation: Operation;
      /** How long to await the answer: from the write for a push, from now for all else. */
      readonly awaitMs: number;
    }
  /** Close the attempt's socket; nothing it might still say is read. */
  | { readonly type: 'giveUp'; readonly attempt: AttemptNumber }
  /** A check of a paid payment was answered 00: "not found" may be believed from now on (12b). */
  | { readonly type: 'trustNotFound' }
  | { readonly type: 'tellManager'; readonly notice: ManagerNotice };

/** When the machine wants to be asked next, and whether it may have to wait for its turn (rule 15). */
export interface Deadline {
  readonly at: Mono;
  readonly lane: 'onTime' | 'turn';
}
