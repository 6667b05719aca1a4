import { expect, test } from './till.ts';

test.use({ settings: { speed: 20 } });

test('a training payment, by keyboard: digits, Enter, digits, Enter, paid', async ({
  tillPage,
}) => {
  await tillPage.getByLabel('Amount').waitFor();
  await tillPage.keyboard.type('12500');
  await tillPage.keyboard.press('Enter');
  await tillPage.keyboard.type('081234560001');
  await tillPage.keyboard.press('Enter');
  await expect(tillPage.getByText('Payment Success', { exact: true }).first()).toBeVisible();
});

test('rule 22: killed while the customer is asked, started again, settled', async ({
  tillPage,
  till,
}) => {
  await tillPage.getByLabel('Amount').waitFor();
  await tillPage.keyboard.type('12500');
  await tillPage.keyboard.press('Enter');
  // OVO charges, and its answer never comes.
  await tillPage.keyboard.type('081234560006');
  await tillPage.keyboard.press('Enter');
  await expect(tillPage.getByText('Customer confirms').first()).toBeVisible();
  await expect.poll(() => till.ledgers()?.ovo).toHaveLength(1);
  await till.kill();
  await till.start();
  await expect(tillPage.getByText('Payment Success', { exact: true }).first()).toBeVisible({
    timeout: 20_000,
  });
});
