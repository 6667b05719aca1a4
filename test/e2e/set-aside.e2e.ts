import { ask, byHand, headline, next, playing } from './cashier.ts';
import { expect, test } from './till.ts';

test.describe('set aside', () => {
  test.use({ settings: { speed: 12 } });

  test('rule 15: the next customer is served; the first goes on in the tray and its end is announced', async ({
    tillPage,
    till,
  }) => {
    const tray = tillPage.locator('.tray');
    await ask(tillPage, '12500', playing('0007'));
    await headline(tillPage, 'Customer confirms');
    await tillPage.keyboard.press('F2');
    await expect(tray).toContainText(/Customer has \d+\ss to confirm/);

    await ask(tillPage, '34000', playing('0001'));
    await headline(tillPage, 'Payment Success');
    await expect(tray).toContainText('12.500');
    await next(tillPage);

    await expect(tray).toContainText('Paid after you moved on', { timeout: 20_000 });
    await expect(tillPage.getByRole('alert').filter({ hasText: /12\.500 from 0812/ })).toHaveText(
      /12\.500 from 0812-••••-0007: paid$/,
    );
    // It stays until somebody has seen it.
    await tillPage.keyboard.press('F8');
    await tillPage.keyboard.press('1');
    await headline(tillPage, 'Payment Success');
    await next(tillPage);
    await expect(tray).toHaveCount(0);
    expect(till.ledgers()?.till.map(({ kind }) => kind)).toEqual(['paid', 'paid']);
  });
});

test.describe('a page that is loaded again', () => {
  test.use({ settings: { speed: 4 } });

  test('shows the payment under way at once, with the ring where it was', async ({
    tillPage,
    till,
  }) => {
    const ring = tillPage.locator('.ring strong');
    const shown = async () => Number(await ring.textContent());
    await ask(tillPage, '12500', byHand);
    await expect.poll(shown).toBeLessThan(50);
    const books = till.ledgers();
    const t0 = books?.events.find(({ what }) => what === 'written')?.at ?? 0;

    await tillPage.reload();
    await headline(tillPage, 'Customer confirms');
    await expect(tillPage.locator('.payment .amount')).toHaveText(/12\.500/);
    const before = till.now();
    const seconds = await shown();
    const left = (at: number) => 55 - (at - t0) / 1_000;
    // Two seconds for rounding, the beat of the page and the way of the view to it.
    expect(seconds).toBeGreaterThanOrEqual(left(till.now()) - 2);
    expect(seconds).toBeLessThanOrEqual(left(before) + 2);
  });

  test('shows a result that nobody has seen, and what waits in the tray', async ({ tillPage }) => {
    await ask(tillPage, '12500', byHand);
    await headline(tillPage, 'Customer confirms');
    await tillPage.keyboard.press('F2');
    await ask(tillPage, '34000', playing('0002'));
    await headline(tillPage, 'Payment Canceled By User');
    await tillPage.reload();
    await headline(tillPage, 'Payment Canceled By User');
    await expect(tillPage.locator('.tray')).toContainText(/12\.500/);
  });
});
