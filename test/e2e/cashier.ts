import type { Page } from '@playwright/test';
import { unreadMs } from '../../renderer/unread.ts';
import { expect } from './till.ts';

/** A number that plays no story: the customer decides on the phone page, or nobody does. */
export const byHand = '081234567777';

/** The training phone number that plays a story. */
export const playing = (digits: string): string => `08123456${digits}`;

/** Amount, Enter, phone, Enter, as a cashier does it; waits until the till is ready for it. */
export async function ask(page: Page, amount: string, phone: string): Promise<void> {
  await expect(page.locator('#amount')).toBeFocused();
  await page.keyboard.type(amount);
  await page.keyboard.press('Enter');
  await page.keyboard.type(phone);
  await page.keyboard.press('Enter');
}

/** The largest words on the screen are these, to the letter. */
export async function headline(
  page: Page,
  words: string | RegExp,
  timeout = 15_000,
): Promise<void> {
  await expect(page.locator('#headline')).toHaveText(words, { timeout });
}

/** A new screen takes no Enter before a person can have read it. */
export async function read(page: Page): Promise<void> {
  await page.waitForTimeout(unreadMs);
}

/** Enter for the next customer. */
export async function next(page: Page): Promise<void> {
  await read(page);
  await page.keyboard.press('Enter');
  await expect(page.locator('#amount')).toBeFocused();
}
