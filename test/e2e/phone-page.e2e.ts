import { ask, byHand, headline } from './cashier.ts';
import { expect, test } from './till.ts';

test.use({ settings: { speed: 3 } });

for (const [button, words, kind, state] of [
  ['Approve', 'Payment Success', 'paid', 'charged'],
  ['Decline', 'Payment Canceled By User', 'notCharged', 'declined'],
] as const) {
  test(`training: ${button} on the customer's phone: "${words}"`, async ({
    tillPage,
    till,
    context,
  }) => {
    const phone = await context.newPage();
    await phone.goto(till.phoneUrl);
    await tillPage.bringToFront();
    await ask(tillPage, '12500', byHand);
    await headline(tillPage, 'Customer confirms');
    const card = phone.locator('.card');
    await expect(card.locator('.amount')).toHaveText(/12\.500/);
    await card.getByRole('button', { name: button }).click();
    await headline(tillPage, words);
    await expect(card).toHaveCount(0);
    expect(till.ledgers()?.till.map((one) => one.kind)).toEqual([kind]);
    expect(till.ledgers()?.ovo.map((one) => one.state)).toEqual([state]);
  });
}

test('training: the till links to the phone, and cannot be taken for real', async ({
  tillPage,
  till,
  context,
}) => {
  await expect(tillPage.locator('.banner.environment')).toContainText('TRAINING');
  const opened = context.waitForEvent('page');
  await tillPage.getByRole('link', { name: 'Play the customer’s phone' }).click();
  const phone = await opened;
  expect(phone.url()).toBe(till.phoneUrl);
  await expect(phone.locator('.banner')).toContainText('Training — no real money');
});
