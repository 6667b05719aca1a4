import { useEffect, useLayoutEffect } from 'react';
import { commandOf, type Focus } from './keys.ts';
import { useTill } from './store.ts';
import { monotonicNow } from './ticker.ts';
import { keepKey } from './typed-ahead.ts';
import { isUnread, screenCame } from './unread.ts';

/** The name of the one screen that takes text. */
export const newPayment = 'new';

const dialogIsOpen = () => document.querySelector('dialog[open]') !== null;

/**
 * Focus sits where the next key should go: after each change of screen, and whenever it was lost. What
 * was typed ahead is in the new payment by then, and was meant for it.
 */
export function useFocus(screen: string): void {
  useLayoutEffect(() => {
    screenCame(monotonicNow(), screen === newPayment);
    if (!dialogIsOpen()) focusFirst();
  }, [screen]);
  useEffect(() => {
    const lost = document.activeElement === null || document.activeElement === document.body;
    if (lost && !dialogIsOpen()) focusFirst();
  });
}

/** The main button of the screen, or its headline where the next key is not a button's. */
function focusFirst(): void {
  const main = document.querySelector('main');
  const button = main?.querySelector<HTMLElement>('[data-first]:not(h1)');
  (button ?? main?.querySelector<HTMLElement>('[data-first]'))?.focus();
}

/** The one listener for keys: it clicks the button that carries the key. */
export function pressKey(event: KeyboardEvent): void {
  const active = document.activeElement;
  const inTray = Boolean(active?.closest('.tray'));
  const isSpace = event.key === ' ' && !(active instanceof HTMLInputElement);
  const presses = event.key === 'Enter' || isSpace;
  // Held down, the browser itself would press the focused button of one screen after the other.
  if (presses && event.repeat) event.preventDefault();
  if (event.defaultPrevented || dialogIsOpen()) return;
  const combined = event.ctrlKey || event.altKey || event.metaKey || event.repeat;
  const kept = !combined && keepKey(event.key);
  // In the tray the focus is by a key of its own: F8 was pressed on this screen.
  if (kept || (presses && !inTray && isUnread(monotonicNow()))) {
    event.preventDefault();
    return;
  }
  const field = fieldForDigits(event.key, active, inTray);
  const command = field === null ? commandOf(event, focusOf(active, inTray)) : null;
  if (field !== null) writeIn(field);
  else if (command === 'Escape' && inTray) focusFirst();
  else if (command !== null) click(command, event);
}

/** On the new payment screen a digit is always text: the browser writes it where the focus is now. */
function fieldForDigits(
  key: string,
  active: Element | null,
  inTray: boolean,
): HTMLInputElement | null {
  if (!/^\d$/.test(key) || active instanceof HTMLInputElement || inTray) return null;
  const name = useTill.getState().draft.at === 'phone' ? 'phone' : 'amount';
  return document.querySelector<HTMLInputElement>(`#${name}`);
}

/** What came filled in is replaced by the digit, not made ten times as much. */
function writeIn(field: HTMLInputElement): void {
  const { amountMarked, phoneMarked } = useTill.getState().draft;
  field.focus();
  if (field.id === 'phone' ? phoneMarked : amountMarked) field.select();
}

function click(command: string, event: KeyboardEvent): void {
  const button = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(command)}"]`);
  if (button === null) return;
  event.preventDefault();
  button.click();
}

function focusOf(active: Element | null, inTray: boolean): Focus {
  if (inTray) return { on: 'tray' };
  if (active instanceof HTMLInputElement) return { on: 'field', text: active.value };
  const pressable = active instanceof HTMLButtonElement || active instanceof HTMLAnchorElement;
  return pressable ? { on: 'button' } : { on: 'elsewhere' };
}
