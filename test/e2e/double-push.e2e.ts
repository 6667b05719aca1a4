import { ask, byHand, headline, next, playing, read } from './cashier.ts';
import { expect, test } from './till.ts';
import type { TillProcess } from './till-process.ts';

test.use({ settings: { speed: 4 } });

const pushes = (till: TillProcess) =>
  till.ledgers()?.messages.filter(({ operation }) => operation === 'pushToPay').length;

test('rule 8a and T4: while the first is not final, the same phone shows the first', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '12500', byHand);
  await headline(tillPage, 'Customer confirms');
  await tillPage.keyboard.press('F2');
  await ask(tillPage, '34000', `+62${byHand.slice(1)}`);
  await headline(tillPage, 'Customer confirms');
  await expect(tillPage.locator('.notice')).toContainText('no second request has been sent');
  await expect(tillPage.locator('.payment .amount')).toHaveText(/12\.500/);
  expect(pushes(till)).toBe(1);
  expect(till.ledgers()?.till).toHaveLength(1);
  // What was typed is kept behind it.
  await tillPage.keyboard.press('F2');
  await expect(tillPage.locator('#amount')).toHaveValue('34.000');
});

test('rule 8a: the same phone and amount just paid are asked about, and a second Enter charges nobody', async ({
  tillPage,
  till,
}) => {
  await ask(tillPage, '12500', playing('0001'));
  await headline(tillPage, 'Payment Success');
  await next(tillPage);

  await ask(tillPage, '12500', playing('0001'));
  const question = tillPage.getByRole('alertdialog');
  await expect(question).toContainText('Take it once more?');
  await read(tillPage);
  await tillPage.keyboard.press('Enter');
  await expect(question).toHaveCount(0);
  expect(pushes(till)).toBe(1);

  await tillPage.keyboard.press('Enter');
  await tillPage.keyboard.press('Enter');
  await expect(question).toBeVisible();
  await tillPage.keyboard.press('y');
  await headline(tillPage, 'Payment Success');
  expect(till.ledgers()?.till.map(({ kind }) => kind)).toEqual(['paid', 'paid']);
});

test('rule 8: "Try again" comes with amount and phone; a new payment with neither', async ({
  tillPage,
}) => {
  await ask(tillPage, '12500', playing('0002'));
  await headline(tillPage, 'Payment Canceled By User');
  await tillPage.keyboard.press('t');
  await expect(tillPage.locator('#amount')).toHaveValue('12.500');
  await expect(tillPage.locator('#phone')).toHaveValue('0812-3456-0002');
  await read(tillPage);
  await tillPage.keyboard.press('Enter');
  await headline(tillPage, 'Payment Canceled By User');
  await next(tillPage);
  await expect(tillPage.locator('#phone')).toHaveValue('');
});
