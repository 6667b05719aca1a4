import { describe, expect, test } from 'vitest';
import { amountGrouping, edited, phoneGrouping, pressed, shown, shownCaret } from './editing.ts';

/** Types each key at the end of the field, as the browser would report it. */
function typed(keys: string, grouping = amountGrouping): string {
  let text = '';
  for (const key of keys) text = edited(text, shown(text, grouping) + key, grouping).text;
  return text;
}

describe('an amount being typed', () => {
  test('is shown in groups and kept as typed', () => {
    expect(typed('12500')).toBe('12500');
    expect(shown('12500', amountGrouping)).toBe('12.500');
  });

  test('a dot that was typed stays, so that 12.5 is not taken for 125', () => {
    expect(typed('12.5')).toBe('12.5');
    expect(typed('12.500')).toBe('12.500');
  });

  test('letters, signs and commas stay for the fault to name', () => {
    expect(typed('12,5a-')).toBe('12,5a-');
  });

  test('pasted text is kept as it came', () => {
    expect(edited('', ' 12.500 ', amountGrouping)).toEqual({ text: ' 12.500 ', caret: 8 });
  });

  test('a digit in the middle goes where the caret is', () => {
    expect(edited('12500', '129.500', amountGrouping)).toEqual({ text: '129500', caret: 3 });
  });

  test('deleting a dot of the field’s own deletes the digit before it', () => {
    expect(edited('12500', '12500', amountGrouping)).toEqual({ text: '1500', caret: 1 });
  });

  test('deleting everything leaves nothing', () => {
    expect(edited('12500', '', amountGrouping)).toEqual({ text: '', caret: 0 });
  });

  test('a selection is replaced', () => {
    expect(edited('12500', '7', amountGrouping)).toEqual({ text: '7', caret: 1 });
  });
});

describe('a phone being typed', () => {
  test('is shown in groups once it begins with 0', () => {
    expect(typed('081234567890', phoneGrouping)).toBe('081234567890');
    expect(shown('081234567890', phoneGrouping)).toBe('0812-3456-7890');
    expect(shown('62812', phoneGrouping)).toBe('62812');
  });

  test('what was pasted with marks is shown as it came', () => {
    const { text } = edited('', '+62 812-3456-7890', phoneGrouping);
    expect(shown(text, phoneGrouping)).toBe('+62 812-3456-7890');
  });
});

test('the caret passes over the field’s own marks', () => {
  expect(shownCaret('12500', 5, amountGrouping)).toBe(6);
  expect(shownCaret('12500', 2, amountGrouping)).toBe(2);
  expect(shownCaret('12500', 3, amountGrouping)).toBe(4);
  expect(shownCaret('12.5', 3, amountGrouping)).toBe(3);
});

test('the keypad writes over the selection and deletes one step back', () => {
  expect(pressed('12.500', 6, 6, '0')).toBe('12.5000');
  expect(pressed('12.500', 0, 6, '7')).toBe('7');
  expect(pressed('12.500', 6, 6, 'back')).toBe('12.50');
  expect(pressed('', 0, 0, 'back')).toBe('');
});
