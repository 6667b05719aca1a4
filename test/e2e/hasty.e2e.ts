import { ask, byHand, headline, playing, read } from './cashier.ts';
import { expect, test } from './till.ts';
import type { TillProcess } from './till-process.ts';

// A hurried hand at the real till: what the page is built to swallow must never reach OVO.

const amounts = (till: TillProcess) => till.ledgers()?.till.map(({ amount }) => amount);

test.describe('rule 8a: the impatient second try', () => {
  test.use({ settings: { speed: 20 } });

  for (const how of ['double', 'held'] as const) {
    test(`a ${how} Enter on "paid" sends nothing of what waited behind it`, async ({
      tillPage: page,
      till,
    }) => {
      await ask(page, '20000', playing('0006'));
      await headline(page, /./);
      await page.keyboard.press('F2');
      await ask(page, '7000', playing('0006'));
      await headline(page, 'Payment Success', 30_000);
      await read(page);
      if (how === 'double') for (let n = 0; n < 2; n += 1) await page.keyboard.press('Enter');
      else for (let n = 0; n < 20; n += 1) await page.keyboard.down('Enter');
      await expect(page.locator('#amount')).toHaveValue('');
      await expect(page.locator('#phone')).toHaveValue('');
      expect(amounts(till)).toEqual([20_000]);
    });
  }
});

test.describe('keys ahead of the screen', () => {
  test.use({ settings: { speed: 4 } });

  test('"Try again", a stray digit and two Enters: ten times the amount is never asked for', async ({
    tillPage: page,
    till,
  }) => {
    await ask(page, '12500', playing('0002'));
    await headline(page, 'Payment Canceled By User');
    // Faster than any view.
    await page.evaluate(() => {
      for (const key of ['t', '0', 'Enter', 'Enter'])
        document.activeElement?.dispatchEvent(
          new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
        );
    });
    await expect(page.locator('#amount')).toHaveValue('0');
    await expect(page.locator('#amount-fault')).toHaveText('Type an amount of more than zero.');
    expect(amounts(till)).toEqual([12_500]);
  });

  test('digits beside a payment choose nothing, and a late "paid" stays until it is looked at', async ({
    tillPage: page,
  }) => {
    await ask(page, '20000', playing('0001'));
    await headline(page, 'Customer confirms');
    await page.keyboard.press('F2');
    await ask(page, '8000', byHand);
    await page.locator('.late-paid').waitFor();
    await page.keyboard.type('1500');
    await page.keyboard.press('Enter');
    await headline(page, 'Customer confirms');
    await expect(page.locator('.late-paid')).toBeVisible();
  });
});
