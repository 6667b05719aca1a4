import type { Page } from '@playwright/test';
import { headline, next, read } from './cashier.ts';
import { expect, test } from './till.ts';

test.use({ settings: { speed: 10 } });

const whole = 'Type whole rupiah, digits only: for example 12500.';
const amounts: readonly [what: string, typed: string, shown: string, words: string | RegExp][] = [
  ['empty', '', '', 'Type the amount.'],
  ['blanks', '   ', '   ', 'Type the amount.'],
  ['nought', '0', '0', 'Type an amount of more than zero.'],
  ['noughts', '000', '000', 'Type an amount of more than zero.'],
  ['negative', '-5000', '-5000', whole],
  ['a decimal with a comma', '125,50', '125,50', whole],
  ['a decimal with a dot', '12.5', '12.5', whole],
  ['letters', 'abc', 'abc', whole],
  ['a number with letters behind it', '12500a', '12500a', whole],
  [
    'above the largest',
    '20000001',
    '20.000.001',
    /The largest amount on this till is Rp.20\.000\.000\. Type a smaller one\./,
  ],
  [
    'thirteen digits',
    '1234567890123',
    '1.234.567.890.123',
    'Too long: type twelve digits at most.',
  ],
];

const phones: readonly [what: string, typed: string, shown: string, words: string][] = [
  ['empty', '', '', 'Type the customer’s phone number.'],
  ['too short', '081234567', '0812-3456-7', 'Too short: type at least 10 digits with the 08.'],
  ['too long', '08123456789012', '08123456789012', 'Too long: type at most 13 digits with the 08.'],
  ['not a mobile', '0215551234', '0215-5512-34', 'Type a mobile number: it begins with 08.'],
  ['letters', '0812abc', '0812abc', 'Type digits only: for example 081234567890.'],
  [
    'foreign',
    '+6591234567',
    '+6591234567',
    'OVO takes Indonesian numbers only: type one with 08 or +62.',
  ],
  ['+62 and too short', '+62812', '+62812', 'Too short: type at least 10 digits with the 08.'],
];

/** As typed by hand: the words stand beside the field, what was typed stays, and the focus with it. */
async function refused(
  page: Page,
  field: string,
  typed: string,
  shown: string,
  words: string | RegExp,
) {
  const input = page.locator(`#${field}`);
  await page.keyboard.press('Enter');
  await expect(page.locator(`#${field}-fault`)).toHaveText(words);
  await expect(input).toBeFocused();
  await expect(input).toHaveValue(shown);
  await expect(input).toHaveAttribute('aria-invalid', 'true');
  for (let n = 0; n < typed.length; n += 1) await page.keyboard.press('Backspace');
  await expect(input).toHaveValue('');
}

test('bad amounts: a clear word beside the field, and what was typed stays', async ({
  tillPage,
  till,
}) => {
  await expect(tillPage.locator('#amount')).toBeFocused();
  await read(tillPage);
  for (const [what, typed, shown, words] of amounts) {
    await test.step(what, async () => {
      await tillPage.keyboard.type(typed);
      await refused(tillPage, 'amount', typed, shown, words);
    });
  }
  expect(till.ledgers()?.till).toEqual([]);
});

test('bad phones: a clear word beside the field, and what was typed stays, the amount too', async ({
  tillPage,
  till,
}) => {
  await expect(tillPage.locator('#amount')).toBeFocused();
  await tillPage.keyboard.type('12500');
  await tillPage.keyboard.press('Enter');
  for (const [what, typed, shown, words] of phones) {
    await test.step(what, async () => {
      await tillPage.keyboard.type(typed);
      await refused(tillPage, 'phone', typed, shown, words);
      await expect(tillPage.locator('#amount')).toHaveValue('12.500');
    });
  }
  expect(till.ledgers()?.till).toEqual([]);
});

test('what is only written another way is understood: 12.500, blanks, +62 and 62', async ({
  tillPage,
  till,
}) => {
  const written: readonly [amount: string, phone: string][] = [
    ['12.500', '081234560001'],
    ['  13000  ', '+62 812-3456-0001'],
    ['Rp 14.000', '6281234560001'],
    ['00015000', '0812 3456 0001'],
  ];
  for (const [amount, phone] of written) {
    await expect(tillPage.locator('#amount')).toBeFocused();
    // As pasted or scanned: all at once.
    await tillPage.keyboard.insertText(amount);
    await tillPage.keyboard.press('Enter');
    await tillPage.keyboard.insertText(phone);
    await tillPage.keyboard.press('Enter');
    await headline(tillPage, 'Payment Success');
    await next(tillPage);
  }
  expect(till.ledgers()?.till.map(({ amount, phone }) => [amount, phone])).toEqual(
    [12_500, 13_000, 14_000, 15_000].map((amount) => [amount, '081234560001']),
  );
});
