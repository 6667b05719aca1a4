import { z } from 'zod';
import { Rupiah } from './money.ts';
import { Phone } from './phone.ts';
import { TillView } from './view.ts';

/**
 * The contract between the processes: the only place where a channel exists. Arguments, results and
 * pushes are parsed with these schemas on both sides. `role` says who may call; until staff sign in
 * (manager's desk), everyone at the till is a cashier.
 */

/** Why the till refuses, as a catalogue key with the values its sentence needs. */
export const Refusal = z.strictObject({
  key: z.string().max(60),
  values: z.record(z.string().max(40), z.union([z.string().max(200), z.number()])),
});
export type Refusal = z.infer<typeof Refusal>;

const PaymentId = z.number().int().positive();
const OnPayment = z.strictObject({ id: PaymentId });
const Nothing = z.strictObject({});

const StartResult = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('started'), id: PaymentId }),
  /** Same phone and amount were paid within two minutes: call again with `confirmRepeat`. */
  z.strictObject({ kind: z.literal('confirmRepeat'), paidAt: z.number() }),
  /** A payment to this phone is not final: it is shown instead (rule 8a). */
  z.strictObject({ kind: z.literal('stillOpen'), id: PaymentId }),
]);
export type StartResult = z.infer<typeof StartResult>;

interface Request {
  readonly args: z.ZodType;
  readonly result: z.ZodType;
  readonly role: 'cashier' | 'manager' | 'installer';
}

export const requests = {
  /** The whole view, for a renderer that has just been loaded. */
  'till.view': { args: Nothing, result: TillView, role: 'cashier' },
  /** Chooses the language of this till, and remembers it. */
  'till.setLanguage': {
    args: z.strictObject({ language: z.enum(['en', 'id']) }),
    result: Nothing,
    role: 'cashier',
  },
  /** Switches the sounds of this till on or off, and remembers it. */
  'till.setSound': { args: z.strictObject({ on: z.boolean() }), result: Nothing, role: 'cashier' },
  /**
   * Starts a payment. Refusals: midnightGuard, numbersExhausted, storageTrouble, amountBelowMinimum,
   * amountAboveMaximum, tooManyPayments.
   */
  'payment.start': {
    args: z.strictObject({ amount: Rupiah, phone: Phone, confirmRepeat: z.boolean() }),
    result: StartResult,
    role: 'cashier',
  },
  /**
   * For "Try again" (rule 8): amount and whole phone of the payment on the screen, once it has ended
   * without being charged and nothing can change any more. Refusals: noSuchPayment, notNow.
   */
  'payment.again': {
    args: OnPayment,
    result: z.strictObject({ amount: Rupiah, phone: Phone }),
    role: 'cashier',
  },
  /** Goes on although OVO did not confirm the number. Refusals: noSuchPayment, notNow. */
  'payment.goOn': { args: OnPayment, result: Nothing, role: 'cashier' },
  /** Stops a payment whose number OVO did not confirm; nothing has been sent. */
  'payment.cancel': { args: OnPayment, result: Nothing, role: 'cashier' },
  /** Moves the payment to the tray; it goes on by itself. */
  'payment.setAside': { args: OnPayment, result: Nothing, role: 'cashier' },
  /** Puts a payment from the tray, or a recent one, on the screen. */
  'payment.show': { args: OnPayment, result: Nothing, role: 'cashier' },
  /** The cashier has seen how it ended, and goes on to the next customer. */
  'payment.seen': { args: OnPayment, result: Nothing, role: 'cashier' },
  /** The customer has paid this sale another way; a late approval is then reversed, by setting. */
  'payment.paidOtherwise': { args: OnPayment, result: Nothing, role: 'cashier' },
} as const satisfies Record<string, Request>;

export type RequestName = keyof typeof requests;
export type ArgsOf<N extends RequestName> = z.infer<(typeof requests)[N]['args']>;
export type ResultOf<N extends RequestName> = z.infer<(typeof requests)[N]['result']>;

export const pushes = {
  /** The whole view, each time something in it has changed. Its revision only rises. */
  'till.view': TillView,
} as const satisfies Record<string, z.ZodType>;

export type PushName = keyof typeof pushes;
export type PushOf<N extends PushName> = z.infer<(typeof pushes)[N]>;

/** What crosses for each request: a result or a refusal, never an exception. */
export type Reply<N extends RequestName> =
  | { readonly ok: true; readonly result: ResultOf<N> }
  | { readonly ok: false; readonly refusal: Refusal };

/** The two channels below the contract: `{ name, args }` for a reply, and `{ name, value }` pushed. */
export const channels = { request: 'gerai:request', push: 'gerai:push' } as const;

/** The largest message that either side parses; a longer one is refused unread. */
export const messageBytesMax = 64 * 1024;

/** What preload gives the page, and all that it gives. */
export interface Bridge {
  request<N extends RequestName>(name: N, args: ArgsOf<N>): Promise<Reply<N>>;
  /** Returns a function that ends the subscription. */
  onPush<N extends PushName>(name: N, receive: (value: PushOf<N>) => void): () => void;
}
