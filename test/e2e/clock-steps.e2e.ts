import { ask, headline, playing } from './cashier.ts';
import { expect, test } from './till.ts';

// The steps come 60 s of the till's time after its start, when the payment is under way.

test.describe('set forward by ten minutes', () => {
  test.use({ settings: { speed: 15, steps: [{ at: 60_000, by: 600_000 }] } });

  test('rules 22 and 26a: counts anew, and the approval that comes then is believed', async ({
    tillPage,
    till,
  }) => {
    await ask(tillPage, '12500', playing('0007'));
    await headline(tillPage, 'Payment Success', 20_000);
    expect(till.ledgers()?.events.map(({ what }) => what)).toContain('resumed');
    expect(till.ledgers()?.till.map(({ kind }) => kind)).toEqual(['paid']);
  });
});

test.describe('set back by ten minutes', () => {
  test.use({ settings: { speed: 15, steps: [{ at: 60_000, by: -600_000 }] } });

  test('rules 22 and 26a: silence is still reversed, 65 s after the count began anew', async ({
    tillPage,
    till,
  }) => {
    await ask(tillPage, '12500', playing('0005'));
    await headline(tillPage, 'Not paid: reversed', 20_000);
    const books = till.ledgers();
    const at = (what: string) =>
      [...(books?.events ?? []), ...(books?.requests ?? [])].find((one) => one.what === what)?.at ??
      0;
    expect((at('reversal') - at('resumed')) / 1_000).toBeGreaterThanOrEqual(65);
    expect(books?.ovo.map(({ state }) => state)).toEqual(['reversed']);
    await expect(tillPage.locator('.strip')).toContainText('agrees with OVO');
  });
});
