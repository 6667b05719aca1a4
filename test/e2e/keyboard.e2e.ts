import { headline, playing, read } from './cashier.ts';
import { expect, test } from './till.ts';

test.use({ settings: { speed: 10 } });

test('keyboard only: five digits, twelve digits, and 19 keys in all', async ({ tillPage }) => {
  const page = tillPage;
  await expect(page.locator('#amount')).toBeFocused();
  const pressed = [...'12500', 'Enter', ...playing('0001'), 'Enter'];
  for (const key of pressed) await page.keyboard.press(key);
  await headline(page, 'Payment Success');
  expect(pressed).toHaveLength(19);
  await read(page);

  // Enter, and the next sale is typed at once, without waiting for the screen: not a key is lost.
  for (const key of ['Enter', ...'7000', 'Enter', ...playing('0001').slice(0, 6)])
    await page.keyboard.press(key);
  await expect(page.locator('#amount')).toHaveValue('7.000');
  await expect(page.locator('#phone')).toHaveValue('0812-34');
});

test('keys of a payment under way and of its end all work without a mouse', async ({
  tillPage,
}) => {
  const page = tillPage;
  await expect(page.locator('#amount')).toBeFocused();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.type('99');
  await page.keyboard.press('Escape');
  await expect(page.locator('#amount')).toHaveValue('');
  for (const key of [...'7000', 'Enter', ...playing('0007'), 'Enter'])
    await page.keyboard.press(key);
  await headline(page, 'Customer confirms');
  await page.keyboard.press('F2');
  await expect(page.locator('#amount')).toBeFocused();
  await page.keyboard.press('F8');
  await page.keyboard.press('Enter');
  await headline(page, 'Customer confirms');
  await page.keyboard.press('F2');
  await expect(page.locator('#amount')).toBeFocused();
});

test('the language is switched by one key and remembered across a restart', async ({
  tillPage,
  till,
}) => {
  const html = tillPage.locator('html');
  await expect(tillPage.locator('#amount')).toBeFocused();
  await expect(html).toHaveAttribute('lang', 'en');
  await tillPage.keyboard.press('F4');
  await expect(html).toHaveAttribute('lang', 'id');
  await expect(tillPage.locator('label[for=amount]')).not.toHaveText('Amount');
  await till.kill();
  await till.start();
  await expect(tillPage.getByRole('alertdialog')).toHaveCount(0);
  await expect(tillPage.locator('#amount')).toBeFocused();
  await expect(html).toHaveAttribute('lang', 'id');
});
