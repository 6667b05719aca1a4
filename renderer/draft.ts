import type { Refusal } from '../shared/ipc.ts';
import type { Rupiah } from '../shared/money.ts';
import { parseAmount } from '../shared/money-text.ts';
import type { Phone } from '../shared/phone.ts';
import { parsePhone } from '../shared/phone-text.ts';

export type Field = 'amount' | 'phone';

/** What the cashier is typing, and what the till has said about it. */
export interface Draft {
  /** As typed, pasted or scanned: parsed only when the cashier goes on. */
  readonly amount: string;
  readonly phone: string;
  /** Where the next key goes; `pay` when both fields came filled in (Try again). */
  readonly at: Field | 'pay';
  readonly amountFault: Refusal | null;
  readonly phoneFault: Refusal | null;
  /** Why the till would not take it, beside the button. */
  readonly refusal: Refusal | null;
  /** The same phone and amount were paid a moment ago, at this instant of the PC's clock. */
  readonly repeatOf: number | null;
  /** The request is on its way to main: a second Enter sends nothing. */
  readonly busy: boolean;
  /** It has become a payment: the next view, which shows that payment, clears it. */
  readonly taken: boolean;
  /** The text came filled in: it stands selected when the focus comes, so that a digit replaces it. */
  readonly amountMarked: boolean;
  readonly phoneMarked: boolean;
  /** The payment that is shown in place of this draft, because it is not final (rule 8a). */
  readonly shownInstead: number | null;
}

export const emptyDraft: Draft = {
  amount: '',
  phone: '',
  at: 'amount',
  amountFault: null,
  phoneFault: null,
  refusal: null,
  repeatOf: null,
  busy: false,
  taken: false,
  amountMarked: false,
  phoneMarked: false,
  shownInstead: null,
};

const fault = (key: string, values: Refusal['values'] = {}): Refusal => ({ key, values });

/** New text in a field. What was said about the old text goes; the other field is left alone. */
export function type(draft: Draft, field: Field, text: string): Draft {
  const said = {
    refusal: null,
    repeatOf: null,
    shownInstead: null,
    at: field,
  } as const;
  return field === 'amount'
    ? { ...draft, ...said, amount: text, amountFault: null, amountMarked: false }
    : { ...draft, ...said, phone: text, phoneFault: null, phoneMarked: false };
}

/**
 * A draft with both fields filled in, for "Try again" on the same payment (rule 8). One Enter sends
 * it; a digit replaces the amount, or the phone where that was what was wrong.
 */
export function filled(amount: number, phone: string, wrong: 'phone' | null = null): Draft {
  const marked = { amountMarked: true, phoneMarked: true } as const;
  return { ...emptyDraft, ...marked, amount: String(amount), phone, at: wrong ?? 'pay' };
}

/**
 * The draft while a payment stands in its place. It comes back at the amount with everything selected:
 * more than one Enter from being sent, and the next customer's digits replace it. `cameNow` when the
 * payment has just come. Where it was shown because of this very draft (rule 8a) and is over, the
 * draft was for the same customer, and is dropped.
 */
export function behind(
  draft: Draft,
  payment: { readonly id: number; readonly over: boolean },
  cameNow: boolean,
): Draft {
  if (payment.over && draft.shownInstead === payment.id) return emptyDraft;
  if (!cameNow) return draft;
  const marked = { amountMarked: draft.amount !== '', phoneMarked: draft.phone !== '' };
  return { ...draft, ...marked, at: 'amount', repeatOf: null };
}

export type Checked = { readonly draft: Draft } & (
  | { readonly ready: null }
  | { readonly ready: { readonly amount: Rupiah; readonly phone: Phone } }
);

/**
 * Enter in a field. From the amount it goes on to the phone, from there to the payment; the first
 * fault found is said beside its field, and what was typed stays.
 */
export function advance(
  draft: Draft,
  from: Field | 'pay',
  limits: { readonly minAmount: number; readonly maxAmount: number },
): Checked {
  const amount = checkAmount(draft.amount, limits);
  if (!amount.ok)
    return { draft: { ...draft, at: 'amount', amountFault: amount.fault }, ready: null };
  if (from === 'amount')
    return { draft: { ...draft, at: 'phone', amountFault: null }, ready: null };

  const phone = parsePhone(draft.phone);
  if (!phone.ok) {
    const phoneFault = fault(`fault.${phone.fault}`);
    return { draft: { ...draft, at: 'phone', amountFault: null, phoneFault }, ready: null };
  }
  return {
    draft: { ...draft, phone: phone.value, amountFault: null, phoneFault: null, refusal: null },
    ready: { amount: amount.value, phone: phone.value },
  };
}

function checkAmount(
  text: string,
  limits: { readonly minAmount: number; readonly maxAmount: number },
): { ok: true; value: Rupiah } | { ok: false; fault: Refusal } {
  const parsed = parseAmount(text);
  if (!parsed.ok) return { ok: false, fault: fault(`fault.${parsed.fault}`) };
  if (parsed.value < limits.minAmount) {
    return { ok: false, fault: fault('refusal.amountBelowMinimum', { minimum: limits.minAmount }) };
  }
  if (parsed.value > limits.maxAmount) {
    return { ok: false, fault: fault('refusal.amountAboveMaximum', { maximum: limits.maxAmount }) };
  }
  return { ok: true, value: parsed.value };
}
