import { describe, expect, test } from 'vitest';
import { advance, behind, emptyDraft, filled, type } from './draft.ts';

const limits = { minAmount: 1_000, maxAmount: 20_000_000 };
const draft = (amount: string, phone = '') => ({ ...emptyDraft, amount, phone });

describe('Enter in the amount', () => {
  test('goes on to the phone', () => {
    const { draft: next, ready } = advance(draft('12500'), 'amount', limits);
    expect([next.at, ready]).toEqual(['phone', null]);
  });

  test.each([
    ['', 'fault.amountMissing'],
    ['0', 'fault.amountZero'],
    ['-5', 'fault.amountNotANumber'],
    ['12.5', 'fault.amountNotANumber'],
    ['12,500', 'fault.amountNotANumber'],
    ['abc', 'fault.amountNotANumber'],
    ['1234567890123', 'fault.amountTooLarge'],
    ['999', 'refusal.amountBelowMinimum'],
    ['20000001', 'refusal.amountAboveMaximum'],
  ])('%j is refused with %s, and stays', (text, key) => {
    const { draft: next, ready } = advance(draft(text), 'amount', limits);
    expect([next.amount, next.at, next.amountFault?.key, ready]).toEqual([
      text,
      'amount',
      key,
      null,
    ]);
  });
});

describe('Enter in the phone', () => {
  test.each(['081234567890', '+62 812-3456-7890', '6281234567890'])(
    '%s is ready to pay',
    (phone) => {
      const { draft: next, ready } = advance(draft(' 12.500 ', phone), 'phone', limits);
      expect(ready).toEqual({ amount: 12_500, phone: '081234567890' });
      expect(next.phone).toBe('081234567890');
    },
  );

  test.each([
    ['', 'fault.phoneMissing'],
    ['0812', 'fault.phoneTooShort'],
    ['08123456789012', 'fault.phoneTooLong'],
    ['0212345678', 'fault.phoneNotMobile'],
    ['+6581234567', 'fault.phoneForeign'],
    ['08abc', 'fault.phoneNotDigits'],
  ])('%j is refused with %s, and stays', (text, key) => {
    const { draft: next, ready } = advance(draft('12500', text), 'phone', limits);
    expect([next.phone, next.amount, next.phoneFault?.key, ready]).toEqual([
      text,
      '12500',
      key,
      null,
    ]);
  });

  test('a faulty amount is said first', () => {
    expect(advance(draft('', '081234567890'), 'phone', limits).draft.at).toBe('amount');
  });
});

test('typing takes back what was said, in that field only', () => {
  const faulty = advance(draft('', ''), 'phone', limits).draft;
  expect(type({ ...faulty, phoneFault: { key: 'x', values: {} } }, 'amount', '1')).toMatchObject({
    amount: '1',
    amountFault: null,
    phoneFault: { key: 'x' },
  });
});

test('rule 8: try again fills in the same amount and phone, ready for Enter', () => {
  expect(filled(12_500, '081234567890')).toMatchObject({
    amount: '12500',
    phone: '081234567890',
    at: 'pay',
  });
});

test('after "not registered" the phone is what the next digit replaces; the amount is kept', () => {
  const draft = filled(12_500, '081234567890', 'phone');
  expect(draft).toMatchObject({ amount: '12500', phone: '081234567890', at: 'phone' });
  expect([draft.phoneMarked, type(draft, 'phone', '0').phoneMarked]).toEqual([true, false]);
});

describe('rule 8a: a draft behind a payment', () => {
  const sale = { ...draft('500', '081234567890'), at: 'phone', repeatOf: 1 } as const;
  const open = { id: 7, over: false };

  test('comes back at the amount with everything selected, without its question', () => {
    expect(behind(sale, open, true)).toMatchObject({
      amount: '500',
      phone: '081234567890',
      at: 'amount',
      amountMarked: true,
      phoneMarked: true,
      repeatOf: null,
    });
    expect(behind(emptyDraft, open, true)).toEqual(emptyDraft);
  });

  test('is dropped with the end of the payment that was shown instead of it, and of no other', () => {
    const shown = { ...sale, shownInstead: 7 };
    expect(behind(shown, { id: 7, over: true }, false)).toEqual(emptyDraft);
    expect(behind(shown, open, false)).toEqual(shown);
    expect(behind(shown, { id: 8, over: true }, true)).toMatchObject({ amount: '500' });
  });

  test('typing unmarks the field that is typed in, and leaves the other to be replaced', () => {
    const back = behind(sale, open, true);
    expect(type(back, 'amount', '7')).toMatchObject({ amountMarked: false, phoneMarked: true });
    expect(type(back, 'phone', '0')).toMatchObject({ amountMarked: true, phoneMarked: false });
  });
});
