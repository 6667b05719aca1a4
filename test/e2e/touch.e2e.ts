import type { Locator, Page } from '@playwright/test';
import { headline, playing } from './cashier.ts';
import { onElectron } from './electron-till.ts';
import { expect, test } from './till.ts';

// A cashier without a keyboard: every task of a shift by finger, against the real till.

test.use({ settings: { speed: 10 }, hasTouch: true });

/** A window of Electron's is not opened for touch by this suite; a click is the same to the page. */
const press = (target: Locator): Promise<void> => (onElectron ? target.click() : target.tap());
const button = (page: Page, name: RegExp): Locator => page.getByRole('button', { name }).first();

async function sale(page: Page, amount: string, phone: string): Promise<void> {
  await expect(page.locator('#amount')).toBeFocused();
  const pad = page.locator('.keypad');
  for (const digit of amount) await press(pad.getByText(digit, { exact: true }));
  await press(button(page, /^Next/));
  for (const digit of phone) await press(pad.getByText(digit, { exact: true }));
  await press(button(page, /^Request payment/));
}

test('touch only: a sale, one set aside and looked at again, one tried again', async ({
  tillPage,
  till,
}) => {
  const page = tillPage;
  await sale(page, '12500', playing('0001'));
  await headline(page, 'Payment Success');
  await press(button(page, /^Next customer/));

  await sale(page, '7000', playing('0007'));
  await headline(page, 'Customer confirms');
  await press(button(page, /^Set aside/));
  await press(page.locator('.tray-item').first());
  await headline(page, 'Customer confirms');
  await press(button(page, /^Set aside/));

  await sale(page, '8000', playing('0002'));
  await headline(page, 'Payment Canceled By User');
  await press(button(page, /^Try again/));
  await expect(page.locator('#amount')).toHaveValue('8.000');
  await press(button(page, /^Request payment/));
  await headline(page, 'Payment Canceled By User');
  await press(button(page, /^Next customer/));

  // The one set aside has ended meanwhile, and says so across the screen.
  await press(page.locator('.late-paid'));
  await headline(page, 'Payment Success');
  await press(button(page, /^Next customer/));
  await expect(page.locator('.tray')).toHaveCount(0);
  expect(till.ledgers()?.till.map(({ kind }) => kind)).toEqual([
    'paid',
    'paid',
    'notCharged',
    'notCharged',
  ]);
});
