import { describe, expect, test } from 'vitest';
import { screensForTests } from '../gallery/screens.ts';
import { payment, type StateName, states } from '../gallery/states.ts';

// Whatever the till says, the keys under a finger stay where they are, and no key typed is lost.

const screens = screensForTests();
const { open, keys, look, answer, asked, push, value, focused } = screens;

const places = (): Promise<string[]> =>
  screens.page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.querySelectorAll('.keypad button, .new-payment > .actions .main')].map(
      (it) => {
        const { x, y, width, height } = it.getBoundingClientRect();
        return `${it.textContent?.replace(/^(Next|Request|One).*/, 'main')} ${[x, y, width, height].map(Math.round)}`;
      },
    );
  });

const sizes = [
  [1024, 768],
  [1366, 768],
  [1920, 1080],
] as const;

describe.each(sizes)('the keypad and the button never move: %i × %i', (width, height) => {
  test.beforeEach(() => screens.page.setViewportSize({ width, height }));

  test.each(['en', 'id'] as const)('for a trouble, a tray, a late "paid", in %s', async (lang) => {
    await open('new-payment', lang);
    const rest = await places();
    const words = /^[^\d]+ (?=\d)/;
    for (const name of Object.keys(states).filter((key) => key.startsWith('new-payment'))) {
      if (states[name as StateName].environment !== 'training') continue;
      await screens.become(name as StateName);
      const now = await places();
      expect(
        now.map((one) => one.replace(words, '')),
        name,
      ).toEqual(rest.map((one) => one.replace(words, '')));
    }
  });

  test('for a fault beside each field and a refusal', async () => {
    await open('new-payment');
    const rest = await places();
    await screens.page.keyboard.type('12,5');
    await keys('Enter');
    await screens.page.locator('#amount-fault').getByText('Type whole rupiah').waitFor();
    expect(await places()).toEqual(rest);
    await screens.page.locator('#amount').fill('12500');
    await keys('Enter');
    await screens.page.keyboard.type('02123');
    await keys('Enter');
    await screens.page.locator('#phone-fault').getByText('Type a mobile number').waitFor();
    expect(await places()).toEqual(rest);
    await answer('payment.start', {
      ok: false,
      refusal: { key: 'refusal.numbersExhausted', values: {} },
    });
    await screens.page.locator('#phone').fill('081234567890');
    await keys('Enter');
    await screens.page.locator('#pay-refusal').getByText('Tell the manager').waitFor();
    expect(await places()).toEqual(rest);
  });

  test('for a question, which is answered where the button was', async () => {
    await open('new-payment');
    const rest = await places();
    await answer('payment.start', {
      ok: true,
      result: { kind: 'confirmRepeat', paidAt: states.paid.now - 60_000 },
    });
    await screens.page.keyboard.type('12500');
    await keys('Enter');
    await screens.page.keyboard.type('081234567890');
    await keys('Enter');
    await screens.page.getByRole('alertdialog').waitFor();
    expect((await places()).slice(0, 12)).toEqual(rest.slice(0, 12));
    const top = (selector: string) =>
      screens.page.locator(selector).evaluate((it) => Math.round(it.getBoundingClientRect().top));
    expect(`${await top('.question .main')}`).toBe(rest.at(-1)?.split(/[ ,]/)[2]);
    expect(await value('amount')).toBe('12.500');
  });
});

describe('keys typed while one screen goes and the next comes', () => {
  test('Enter on "paid" and then digits at once: all of them stand in the amount', async () => {
    await open('paid');
    await keys('Enter');
    await screens.page.keyboard.type('12500');
    await push({ front: null });
    expect([await value('amount'), await focused()]).toEqual(['12.500', 'amount']);
    await screens.page.keyboard.type('0');
    expect(await value('amount')).toBe('125.000');
  });

  test('a whole sale typed before the screen has come is sent once', async () => {
    await open('paid');
    await keys('Enter', ...'12500', 'Enter', ...'0812-3456', ...'7899', 'Backspace', '0', 'Enter');
    expect(await asked('payment.start')).toEqual([]);
    await push({ front: null });
    await expect
      .poll(() => asked('payment.start'))
      .toEqual([{ amount: 12_500, phone: '081234567890', confirmRepeat: false }]);
  });

  test('also after F2, where a tray stands beside', async () => {
    await open('waiting-tray');
    await keys('F2', ...'2000');
    expect(await asked('payment.show')).toEqual([]);
    await push({ front: null });
    expect(await value('amount')).toBe('2.000');
  });

  test('a second Enter of a bouncing key does nothing', async () => {
    await open('paid');
    await keys('Enter', 'Enter', 'Enter');
    await push({ front: null });
    expect(await asked('payment.seen')).toHaveLength(1);
    expect(await screens.page.locator('#amount-fault').textContent()).toBe('');
  });

  test('where main refuses, or another payment comes up, digits mean what they mean there', async () => {
    const refusal = { ok: false, refusal: { key: 'refusal.notNow', values: {} } };
    await open('waiting-tray');
    await answer('payment.setAside', refusal);
    await keys('F2');
    await screens.page.locator('.payment .refusal').getByText('not possible').waitFor();
    await keys('F8', '5');
    await expect.poll(() => asked('payment.show')).toEqual([{ id: 39 }]);

    await open('paid');
    await keys('Enter', ...'12');
    await push({ front: payment({ id: 42, phase: 'paid', final: true }) });
    await look();
    await keys('Enter');
    await push({ front: null });
    expect(await value('amount')).toBe('');
  });

  test('T and then digits: the new number takes the place of the one not registered', async () => {
    await open('not-charged-phone');
    await keys('t', ...'085700001111', 'Enter');
    await push({ front: null });
    await expect
      .poll(() => asked('payment.start'))
      .toMatchObject([{ amount: 12_500, phone: '085700001111' }]);
  });
});
