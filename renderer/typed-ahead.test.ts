import { afterEach, describe, expect, test } from 'vitest';
import { emptyDraft, filled } from './draft.ts';
import {
  beginLeaving,
  keepKey,
  leavingAnswered,
  shownInFront,
  takeKeys,
  typedInto,
} from './typed-ahead.ts';

const limits = { minAmount: 1, maxAmount: 20_000_000 };
const typed = (...keys: string[]) => keys.map(keepKey);

afterEach(() => takeKeys());

describe('which keys are kept', () => {
  test('none while no screen is being left', () => {
    expect(typed('1', 'Enter')).toEqual([false, false]);
    expect(takeKeys()).toEqual([]);
  });

  test('what would be text, in its order; commands stay commands', () => {
    beginLeaving(1);
    expect(typed('1', '+', 'F8', 't', 'Escape', 'Enter', '0')).toEqual([
      true,
      true,
      false,
      false,
      false,
      true,
      true,
    ]);
    expect(takeKeys()).toEqual(['1', '+', 'Enter', '0']);
    expect(takeKeys()).toEqual([]);
  });

  test('an Enter before anything else is the leaving one, pressed again', () => {
    beginLeaving(1);
    expect(typed('Enter')).toEqual([true]);
    expect(takeKeys()).toEqual([]);
  });

  test('an Enter behind another is the same press once more', () => {
    beginLeaving(1);
    expect(typed('7', 'Enter', 'Enter')).toEqual([true, true, true]);
    expect(takeKeys()).toEqual(['7', 'Enter']);
  });

  test('what came between two requests for the same payment is kept', () => {
    beginLeaving(1);
    typed('7');
    beginLeaving(1);
    expect(takeKeys()).toEqual(['7']);
  });
});

describe('until when', () => {
  test('a view that still shows the payment ends nothing before main has answered', () => {
    beginLeaving(1);
    typed('7');
    shownInFront(1);
    leavingAnswered(1, true);
    expect(takeKeys()).toEqual(['7']);
  });

  test('a refusal, another payment, and a view that stays after the answer end it', () => {
    beginLeaving(1);
    leavingAnswered(1, false);
    expect(typed('7')).toEqual([false]);
    beginLeaving(1);
    shownInFront(2);
    expect(typed('7')).toEqual([false]);
    beginLeaving(1);
    leavingAnswered(1, true);
    shownInFront(1);
    expect(typed('7')).toEqual([false]);
  });
});

describe('what they write', () => {
  test('amount, Enter, phone, and the Enter that pays', () => {
    const { draft, pay } = typedInto(emptyDraft, ['5', '0', 'Enter', '0', '8', 'Enter'], limits);
    expect([draft.amount, draft.phone, draft.at, pay]).toEqual(['50', '08', 'phone', true]);
  });

  test('a faulty amount holds the rest, as it would on the screen', () => {
    const { draft, pay } = typedInto(emptyDraft, ['0', 'Enter', '8'], limits);
    expect([draft.amount, draft.amountFault, pay]).toEqual(['08', null, false]);
  });

  test('after "Try again" a digit replaces the amount, and the next the phone', () => {
    const again = filled(12_500, '081234567890');
    expect(typedInto(again, ['7'], limits).draft).toMatchObject({ amount: '7', at: 'amount' });
    const { draft } = typedInto(again, ['7', '0', 'Enter', '0', '8'], limits);
    expect([draft.amount, draft.phone]).toEqual(['70', '08']);
  });

  test('a selected phone is replaced by the first digit, or taken away', () => {
    const marked = filled(500, '081234567890', 'phone');
    expect(typedInto(marked, ['0', '8'], limits).draft.phone).toBe('08');
    expect(typedInto(marked, ['Backspace'], limits).draft.phone).toBe('');
    expect(typedInto(marked, ['Enter'], limits).pay).toBe(true);
  });
});
