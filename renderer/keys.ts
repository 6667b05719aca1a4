import type { MessageKey } from '../shared/words/index.ts';

/**
 * The keys of the till. A button carries its key in `data-key`, prints it, and is clicked when the
 * key comes: what is printed and what works cannot differ. None is one that browsers keep for
 * themselves.
 */
export const keys = {
  main: 'Enter',
  stop: 'Escape',
  setAside: 'F2',
  tray: 'F8',
  late: 'F9',
  tryAgain: 'T',
  paidOtherwise: 'P',
  repeatYes: 'Y',
  language: 'F4',
  sound: 'F7',
  help: '?',
} as const;

/** As printed beside a button. */
export function keyLabel(key: string): string {
  return key === 'Escape' ? 'Esc' : key;
}

/** The overlay's list. */
export const keyList: readonly (readonly [string, MessageKey])[] = [
  ['0–9', 'keys.digits'],
  ['Enter', 'keys.enter'],
  ['Esc', 'keys.escape'],
  ['F2', 'keys.setAside'],
  ['F4', 'keys.language'],
  ['F7', 'keys.sound'],
  ['F8', 'keys.tray'],
  ['1–9', 'keys.numbers'],
  ['F9', 'keys.late'],
  ['T', 'keys.tryAgain'],
  ['P', 'keys.paidOtherwise'],
  ['Y', 'keys.repeatYes'],
  ['?', 'keys.help'],
];

export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  /** Held down: a command is given once, so that no screen is skipped unread. */
  readonly repeat: boolean;
}

export type Focus =
  /** A text field, with what stands in it. */
  | { readonly on: 'field'; readonly text: string }
  /** Something that Enter presses by itself: a button or a link. */
  | { readonly on: 'button' }
  /** A payment of the tray, which Enter shows by itself, too. */
  | { readonly on: 'tray' }
  | { readonly on: 'elsewhere' };

/**
 * Which button's key was pressed, or null for a key that is left to the browser. In a field letters
 * and digits are text, however they came there, and Enter belongs to the form. A digit is a command in
 * the tray only: elsewhere it was meant for an amount. Only `?` is a command
 * there too, unless letters stand before it: then something is being scanned.
 */
export function commandOf(press: KeyPress, focus: Focus): string | null {
  if (press.ctrlKey || press.altKey || press.metaKey || press.repeat) return null;
  const key = press.key.length === 1 ? press.key.toUpperCase() : press.key;
  if (key === 'Enter') return focus.on === 'elsewhere' ? 'Enter' : null;
  if (/^(Escape|F2|F4|F7|F8|F9)$/.test(key)) return key;
  if (/^[1-9]$/.test(key)) return focus.on === 'tray' ? key : null;
  if (/^[TPY]$/.test(key)) return focus.on === 'field' ? null : key;
  if (key !== '?') return null;
  return focus.on === 'field' && /[^\d\s.+-]/.test(focus.text) ? null : key;
}
