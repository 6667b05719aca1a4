import { useEffect, useLayoutEffect } from 'react';
import { commandOf, type Focus } from './keys.ts';
import { useTill } from './store.ts';
import { keepKey } from './typed-ahead.ts';

const dialogIsOpen = () => document.querySelector('dialog[open]') !== null;

/** Focus sits where the next key should go: after each change of screen, and whenever it was lost. */
export function useFocus(screen: string): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen moves the focus
  useLayoutEffect(() => {
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
  if (event.defaultPrevented || dialogIsOpen()) return;
  const combined = event.ctrlKey || event.altKey || event.metaKey || event.repeat;
  if (!combined && keepKey(event.key)) {
    event.preventDefault();
    return;
  }
  const active = document.activeElement;
  const inTray = Boolean(active?.closest('.tray'));
  const field = fieldForDigits(event.key, active, inTray);
  const command = field === null ? commandOf(event, focusOf(active)) : null;
  if (field !== null) field.focus();
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

function click(command: string, event: KeyboardEvent): void {
  const button = document.querySelector<HTMLElement>(`[data-key="${CSS.escape(command)}"]`);
  if (button === null) return;
  event.preventDefault();
  button.click();
}

function focusOf(active: Element | null): Focus {
  if (active instanceof HTMLInputElement) return { on: 'field', text: active.value };
  const pressable = active instanceof HTMLButtonElement || active instanceof HTMLAnchorElement;
  return pressable ? { on: 'button' } : { on: 'elsewhere' };
}
