import { ask, headline, next, playing } from './cashier.ts';
import { expect, test } from './till.ts';

const refused =
  'Near midnight a payment could not be taken back in time. OVO payments start again at 00:00.';
const jakarta = (time: string) => Date.parse(`2026-03-02T${time}+07:00`);

test.use({ settings: { start: '2026-03-02T23:54:00+07:00', speed: 30 } });

test('rules 2, 16 and 17: the guard refuses in words, what began before is settled in time, and the new day opens a batch', async ({
  tillPage,
  till,
}) => {
  // Silent, and three reversals go unanswered: it is still being reversed when the guard closes.
  await ask(tillPage, '12500', playing('0019'));
  await headline(tillPage, 'Customer confirms');
  await tillPage.keyboard.press('F2');

  await expect(tillPage.locator('.trouble.refuses')).toContainText(refused, { timeout: 15_000 });
  expect(till.now()).toBeGreaterThanOrEqual(jakarta('23:56:00'));
  await ask(tillPage, '34000', playing('0001'));
  await expect(tillPage.locator('#pay-refusal')).toHaveText(refused);
  await expect(tillPage.locator('#amount')).toHaveValue('34.000');
  await expect(tillPage.locator('.tray')).toContainText('Ended: reversed', { timeout: 15_000 });
  expect(till.now()).toBeLessThan(jakarta('23:59:00'));

  await expect(tillPage.locator('.trouble.refuses')).toHaveCount(0, { timeout: 15_000 });
  expect(till.now()).toBeGreaterThanOrEqual(jakarta('24:00:00'));
  // What was typed is still there: one key takes the payment now.
  await tillPage.keyboard.press('Enter');
  await headline(tillPage, 'Payment Success');
  await next(tillPage);

  const books = till.ledgers();
  expect(books?.ovo.map(({ batchSent, referenceSent, state }) => [batchSent, referenceSent, state]))
    // As text, with the leading zero.
    .toEqual([
      ['"020326"', '"1"', 'reversed'],
      ['"030326"', '"1"', 'charged'],
    ]);
  for (const { what, at } of books?.requests ?? []) {
    if (what === 'reversal') expect(at).toBeLessThan(jakarta('23:58:55'));
  }
});
