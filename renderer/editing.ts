import { groupDigits } from '../shared/money-text.ts';
import { formatPhone } from '../shared/phone-text.ts';

/**
 * A field that shows digits in groups while they are typed, and keeps the text as it was typed. The
 * groups' dots and dashes are never part of that text, so a dot that a person typed (`12.5`) stays
 * and can be refused, while a dot that the field put in does not count.
 */
export interface Grouping {
  readonly group: (digits: string) => string;
}

export const amountGrouping: Grouping = { group: groupDigits };
export const phoneGrouping: Grouping = {
  group: (digits) => (digits.startsWith('0') ? formatPhone(digits) : digits),
};

/** What the field shows for a text: grouped if it is nothing but digits, otherwise as typed. */
export function shown(text: string, grouping: Grouping): string {
  return /^\d+$/.test(text) ? grouping.group(text) : text;
}

/**
 * What the text has become when the field's content was edited from what it showed to `content`.
 * `caret` counts characters of the new text, before which the caret belongs.
 */
export function edited(
  text: string,
  content: string,
  grouping: Grouping,
): { text: string; caret: number } {
  const before = shown(text, grouping);
  if (before === text) return replaced(text, before, content, (index) => index);
  const inText = (index: number) => before.slice(0, index).replace(/\D/g, '').length;
  return replaced(text, before, content, inText);
}

function replaced(
  text: string,
  before: string,
  content: string,
  inText: (index: number) => number,
): { text: string; caret: number } {
  const most = Math.min(before.length, content.length);
  let start = 0;
  while (start < most && before[start] === content[start]) start += 1;
  let tail = 0;
  while (tail < most - start && before.at(-1 - tail) === content.at(-1 - tail)) tail += 1;

  const inserted = content.slice(start, content.length - tail);
  let from = inText(start);
  const to = inText(before.length - tail);
  // Only a mark of the field's own was deleted: the person meant the digit before it.
  if (inserted === '' && from === to && content.length < before.length && from > 0) from -= 1;
  return { text: text.slice(0, from) + inserted + text.slice(to), caret: from + inserted.length };
}

/** Where a caret that stands before character `caret` of the text stands in what is shown. */
export function shownCaret(text: string, caret: number, grouping: Grouping): number {
  const display = shown(text, grouping);
  if (display === text) return caret;
  let index = 0;
  for (let digits = 0; digits < caret && index < display.length; index += 1) {
    if (/\d/.test(display[index] ?? '')) digits += 1;
  }
  return index;
}

/** The field's content after a keypad's key: `insert` in place of the selection, or one step back. */
export function pressed(
  content: string,
  from: number,
  to: number,
  insert: string | 'back',
): string {
  if (insert !== 'back') return content.slice(0, from) + insert + content.slice(to);
  const start = from === to ? Math.max(0, from - 1) : from;
  return content.slice(0, start) + content.slice(to);
}
