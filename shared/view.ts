import { z } from 'zod';

/**
 * What the screens show. Main builds it whole; the renderer selects from it and computes nothing but
 * the countdown between two views. Durations, not instants, carry what is left, so that the clocks
 * of the two processes never need to agree.
 */

/** How long until something happens: `leftMs` when the view was made, out of `totalMs`. */
const Countdown = z.strictObject({ leftMs: z.number(), totalMs: z.number() });
export type Countdown = z.infer<typeof Countdown>;

/** Where a payment stands, in the words of the screen rather than of the machine. */
const Phase = z.enum([
  'checkingPhone',
  'phoneUnchecked',
  /** On its way to OVO. */
  'sending',
  /** The customer may confirm. */
  'waiting',
  /** A restart or a sleep has lost the count of time: OVO is asked when `next` is over (rule 22). */
  'interrupted',
  /** The customer's time is over; OVO is asked (or is about to be). */
  'checking',
  /** A reversal follows at 65 s. */
  'reversalDue',
  /** "Nothing has been charged so far, OVO is asked once more." */
  'askedAgain',
  'reversing',
  'paid',
  'notCharged',
  'reversed',
  'needsAttention',
  'resolved',
]);
export type Phase = z.infer<typeof Phase>;

export const PaymentView = z.strictObject({
  id: z.number().int(),
  phase: Phase,
  amount: z.number(),
  /** With its middle digits hidden, ready to show. The whole number never crosses with a view. */
  phoneMasked: z.string(),
  startedAt: z.number(),
  /** When it ended, for a final state. */
  endedAt: z.number().nullable(),
  /** The customer's 55 s, while waiting. */
  countdown: Countdown.nullable(),
  /** Until the till acts next by itself. */
  next: Countdown.nullable(),
  /** Catalogue key of why it ended or is in doubt. */
  reason: z.string().nullable(),
  /** The response code, small, for the call to support. */
  code: z.string().nullable(),
  approvalCode: z.string().nullable(),
  batch: z.string().nullable(),
  reference: z.string().nullable(),
  invoice: z.string().nullable(),
  /** The number of the reversal under way or next, from 1. */
  reversalAttempt: z.number(),
  setAside: z.boolean(),
  /** It ended after the cashier had moved on, and nobody has seen it yet. */
  unseenEnd: z.boolean(),
  /** Nothing can change any more: "Try again" may be offered. */
  final: z.boolean(),
  /** It ended and was seen before: not the sale at hand. */
  earlier: z.boolean(),
  /** The cashier has noted that the customer paid this sale another way. */
  paidOtherwise: z.boolean(),
  canGoOn: z.boolean(),
  canSetAside: z.boolean(),
  canPayOtherwise: z.boolean(),
});
export type PaymentView = z.infer<typeof PaymentView>;

const Trouble = z.strictObject({
  /** Catalogue key of the sentence: what is wrong and what to do. */
  key: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** `refuses`: no new payment can be taken while it lasts. */
  weight: z.enum(['tells', 'refuses']),
});
export type Trouble = z.infer<typeof Trouble>;

export const TillView = z.strictObject({
  revision: z.number().int(),
  language: z.enum(['en', 'id']),
  environment: z.enum(['training', 'staging', 'production']),
  /** The page that plays the customer's phone, in training only. */
  trainingPhoneUrl: z.string().nullable(),
  storeCode: z.string(),
  tid: z.string(),
  minAmount: z.number(),
  maxAmount: z.number(),
  /** The PC's wall clock when the view was made. */
  now: z.number(),
  /** OVO's clock minus the PC's; null until OVO has been heard. */
  clockOffsetMs: z.number().nullable(),
  /** The last exchange with OVO: null before the first. */
  connection: z
    .strictObject({ ok: z.boolean(), roundTripMs: z.number().nullable(), at: z.number() })
    .nullable(),
  /** How OVO has answered this till in the last 15 minutes: null where it was not asked. */
  ovoToday: z
    .strictObject({
      asked: z.number().int(),
      answered: z.number().int(),
      /** Of the answers that do not wait for a customer. */
      medianMs: z.number().nullable(),
    })
    .nullable(),
  /** Whether the till sounds when a payment is paid or not. */
  sound: z.boolean(),
  unfinished: z.number().int(),
  /** The payment on the screen; null shows "New payment". */
  front: PaymentView.nullable(),
  /** Set aside, in doubt or ended unseen; oldest first. */
  tray: z.array(PaymentView),
  /** The last payments of this till, newest first. */
  recent: z.array(PaymentView),
  troubles: z.array(Trouble),
});
export type TillView = z.infer<typeof TillView>;
