import { advance, type Draft, type Field, type } from './draft.ts';

/**
 * Keys that come while one screen goes and the next has not come yet: between Enter on a finished
 * payment and the view that main answers with. A fast hand or a scanner does not wait for it, so they
 * are kept and written into the new payment, in their order.
 */

interface Leaving {
  readonly id: number;
  readonly keys: string[];
  /** Main has said yes: the next view shows what comes. */
  answered: boolean;
}

let leaving: Leaving | null = null;

/** The payment on the screen is being left; to be called before main is first asked. */
export function beginLeaving(id: number): void {
  if (leaving?.id !== id || leaving.answered) leaving = { id, keys: [], answered: false };
}

/** Main has answered. Where it refused, the screen stays, and what was typed was for none. */
export function leavingAnswered(id: number, left: boolean): void {
  if (leaving?.id !== id) return;
  if (left) leaving.answered = true;
  else leaving = null;
}

/** A view has come with this payment in front. Where it is another one, nothing typed was for it. */
export function shownInFront(id: number): void {
  if (leaving !== null && (leaving.id !== id || leaving.answered)) leaving = null;
}

/** Keeps the key if a screen is being left and it would be text there. True when it was kept. */
export function keepKey(key: string): boolean {
  if (leaving === null) return false;
  const isText = /^[\d+\-. ]$/.test(key);
  // An Enter behind nothing, or behind another, is a second press of the one before it.
  const before = leaving.keys.at(-1);
  const isStep =
    before !== undefined && (key === 'Backspace' || (key === 'Enter' && before !== 'Enter'));
  if (isText || isStep) leaving.keys.push(key);
  return isText || isStep || key === 'Enter';
}

/** What was kept, once: the new payment takes it as it appears. */
export function takeKeys(): readonly string[] {
  const keys = leaving?.keys ?? [];
  leaving = null;
  return keys;
}

/** The draft after these keys. `pay` when the last of them was the Enter that sends it. */
export function typedInto(
  draft: Draft,
  keys: readonly string[],
  limits: { readonly minAmount: number; readonly maxAmount: number },
): { readonly draft: Draft; readonly pay: boolean } {
  let now = draft;
  for (const key of keys) {
    const field: Field = now.at === 'phone' ? 'phone' : 'amount';
    if (key !== 'Enter') now = write(now, field, key);
    else if (now.at === 'amount') now = advance(now, 'amount', limits).draft;
    else return { draft: now, pay: true };
  }
  return { draft: now, pay: false };
}

function write(draft: Draft, field: Field, key: string): Draft {
  const before = draft[`${field}Marked`] ? '' : draft[field];
  return type(draft, field, key === 'Backspace' ? before.slice(0, -1) : before + key);
}
