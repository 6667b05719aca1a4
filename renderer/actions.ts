import type { Refusal, RequestName } from '../shared/ipc.ts';
import type { PaymentView } from '../shared/view.ts';
import { ask } from './bridge.ts';
import { advance, type Field, filled } from './draft.ts';
import { changeDraft, draftTaken, shownInstead, useTill } from './store.ts';
import { beginLeaving, leavingAnswered, takeKeys, typedInto } from './typed-ahead.ts';
import { textCame } from './unread.ts';

/** The requests that concern one payment and answer nothing but yes or a refusal. */
export type PaymentRequest = Extract<
  RequestName,
  | 'payment.goOn'
  | 'payment.cancel'
  | 'payment.setAside'
  | 'payment.show'
  | 'payment.seen'
  | 'payment.paidOtherwise'
>;

/** Asks main for something about one payment. Returns why not, or null when it was done. */
export async function onPayment(name: PaymentRequest, id: number): Promise<Refusal | null> {
  const leaves = name === 'payment.seen' || name === 'payment.setAside';
  if (leaves) beginLeaving(id);
  const reply = await ask(name, { id });
  if (leaves) leavingAnswered(id, reply.ok);
  return reply.ok ? null : reply.refusal;
}

/**
 * Enter or the button on the new payment screen: to the next field, or to OVO. While an answer is
 * awaited nothing is sent again (rule 8a).
 */
export async function goOn(from: Field | 'pay', confirmRepeat = false): Promise<void> {
  const { view, draft } = useTill.getState();
  if (view === null || draft.busy) return;
  const { draft: checked, ready } = advance(draft, from, view);
  if (ready === null) return changeDraft(() => checked);
  // The request leaves first and the screen is drawn while it is on its way.
  const answer = ask('payment.start', { ...ready, confirmRepeat });
  changeDraft(() => ({ ...checked, repeatOf: null, busy: true }));
  const reply = await answer;
  if (!reply.ok) return changeDraft((now) => ({ ...now, busy: false, refusal: reply.refusal }));
  switch (reply.result.kind) {
    case 'started':
      return draftTaken();
    case 'confirmRepeat': {
      const repeatOf = reply.result.paidAt;
      return changeDraft((now) => ({ ...now, busy: false, repeatOf }));
    }
    case 'stillOpen':
      return showInstead(reply.result.id);
  }
}

/** Writes what was typed while the last screen went; to be called when the new payment appears. */
export function writeTypedAhead(): void {
  const { view } = useTill.getState();
  const keys = takeKeys();
  if (view === null || keys.length === 0) return;
  textCame();
  const { draft, pay } = typedInto(useTill.getState().draft, keys, view);
  changeDraft(() => draft);
  if (pay) void goOn('pay');
}

/** Rule 8a: the payment that is still open comes on the screen; the draft waits behind it. */
async function showInstead(id: number): Promise<void> {
  const refusal = await onPayment('payment.show', id);
  changeDraft((now) => ({ ...now, busy: false, refusal }));
  if (refusal === null) shownInstead(id);
}

/**
 * Fills the draft with an ended payment's amount and phone, and puts that payment away. The draft is
 * ready before the screen can change; what is typed from the key on is kept for it.
 */
export async function tryAgain({ id, reason }: PaymentView): Promise<Refusal | null> {
  beginLeaving(id);
  const again = await ask('payment.again', { id });
  if (!again.ok) {
    leavingAnswered(id, false);
    return again.refusal;
  }
  const { amount, phone } = again.result;
  const before = useTill.getState().draft;
  changeDraft(() => filled(amount, phone, isPhoneWrong(reason) ? 'phone' : null));
  const refusal = await onPayment('payment.seen', id);
  if (refusal !== null) changeDraft(() => before);
  return refusal;
}

function isPhoneWrong(reason: string | null): boolean {
  return reason === 'reason.phoneNotRegistered' || reason === 'reason.phoneNotRegisteredInCheck';
}

/** Sounds on or off; main remembers it and pushes a view that says so. */
export function switchSound(): void {
  const { view } = useTill.getState();
  if (view) void ask('till.setSound', { on: !view.sound });
}

/** The other of the two languages; main remembers it and pushes a view in it. */
export function switchLanguage(): void {
  const { view } = useTill.getState();
  if (view) void ask('till.setLanguage', { language: view.language === 'en' ? 'id' : 'en' });
}
