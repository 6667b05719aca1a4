import { describe, expect, test } from 'vitest';
import { screensForTests } from '../gallery/screens.ts';
import { type StateName, states } from '../gallery/states.ts';

// Every task of a cashier by finger alone, and the same tasks by keys alone: two tables of one list.

const screens = screensForTests({ hasTouch: true });
const { open, keys, asked, answer, focused, value, says } = screens;

const tap = (name: string | RegExp) =>
  screens.page
    .getByRole('button', { name, exact: typeof name === 'string' })
    .first()
    .tap();
const tapDigits = async (digits: string) => {
  const pad = screens.page.locator('.keypad');
  for (const digit of digits) await pad.getByText(digit, { exact: true }).tap();
};

describe('by touch alone', () => {
  test('a sale: the keypad, and two buttons', async () => {
    await open('new-payment');
    await tapDigits('12500');
    await tap(/^Next/);
    await tapDigits('081234567890');
    await tap(/^Request payment/);
    expect(await asked('payment.start')).toEqual([
      { amount: 12_500, phone: '081234567890', confirmRepeat: false },
    ]);
  });

  test('a wrong digit is taken back, and everything is cleared', async () => {
    await open('new-payment');
    await tapDigits('129');
    await tap('Delete the last digit');
    expect(await value('amount')).toBe('12');
    await tap(/^Clear/);
    expect([await value('amount'), await focused()]).toEqual(['', 'amount']);
  });

  test('the question after a repetition: yes and no', async () => {
    const repeat = { kind: 'confirmRepeat', paidAt: states.paid.now - 60_000 };
    await open('new-payment');
    await answer('payment.start', { ok: true, result: repeat });
    await tapDigits('7000');
    await tap(/^Next/);
    await tapDigits('081234567890');
    await tap(/^Request payment/);
    await tap(/^No, do not charge/);
    expect(await asked('payment.start')).toHaveLength(1);
    await tap(/^Next/);
    await tap(/^Request payment/);
    await tap(/^Yes, charge once more/);
    expect(await asked('payment.start')).toMatchObject([{}, {}, { confirmRepeat: true }]);
  });

  test('try again: the button shows that it comes next, and the amount that the keypad writes there', async () => {
    await open('not-charged');
    await answer('payment.again', { ok: true, result: { amount: 12_500, phone: '081234567890' } });
    await tap(/^Try again/);
    await screens.push({ front: null });
    const styles = () =>
      screens.page.evaluate(() => {
        const style = (what: string) => {
          const found = document.querySelector(what);
          return found === null ? null : getComputedStyle(found);
        };
        return [style('.main')?.outlineStyle, style('.field.amount')?.borderTopStyle];
      });
    await expect.poll(styles).toEqual(['solid', 'dashed']);
    await tapDigits('7');
    expect([await value('amount'), await focused()]).toEqual(['7', 'amount']);
    expect(await styles()).toEqual(['none', 'solid']);
  });

  test('keys are shown and put away, language and sound are switched', async () => {
    await open('new-payment');
    await tap(/^Keys/);
    await tap(/^Close/);
    await expect.poll(() => screens.page.locator('dialog').count()).toBe(0);
    await tap(/^Sound on/);
    expect(await asked('till.setSound')).toEqual([{ on: false }]);
    await tap(/^Bahasa Indonesia/);
    await says('Lanjut');
  });
});

/** Task, where it stands, what a finger presses, which keys do the same, what main is asked. */
const tasks: readonly [string, StateName, RegExp, readonly string[], string][] = [
  ['set aside', 'waiting', /^Set aside/, ['F2'], 'payment.setAside'],
  ['set a reversal aside', 'reversing', /^Set aside/, ['F2'], 'payment.setAside'],
  ['pays another way', 'asked-again', /^Customer pays another way/, ['p'], 'payment.paidOtherwise'],
  ['go on', 'phone-unchecked', /^Go on with this number/, ['Enter'], 'payment.goOn'],
  ['stop', 'phone-unchecked', /^Stop/, ['Escape'], 'payment.cancel'],
  ['next after paid', 'paid', /^Next customer/, ['Enter'], 'payment.seen'],
  ['next after not paid', 'not-charged', /^Next customer/, ['Enter'], 'payment.seen'],
  ['try again', 'not-charged', /^Try again/, ['t'], 'payment.seen'],
  ['next after attention', 'needs-attention', /^Next customer/, ['Enter'], 'payment.seen'],
  ['show from the tray', 'new-payment-tray', /60.000/, ['F8', '2'], 'payment.show'],
  ['show a late one', 'waiting-tray', /Look at it/, ['F9'], 'payment.show'],
  [
    'show one of the last',
    'new-payment',
    /45.000/,
    ['Tab', 'Tab', 'Tab', 'Tab', 'Enter'],
    'payment.show',
  ],
];

describe.each(tasks)('%s', (_task, state, button, presses, request) => {
  test('by touch', async () => {
    await open(state);
    await tap(button);
    await expect.poll(() => asked(request as 'payment.show')).toHaveLength(1);
  });

  test('by keys', async () => {
    await open(state);
    await keys(...presses);
    await expect.poll(() => asked(request as 'payment.show')).toHaveLength(1);
  });
});

test('what can be touched is at least 48 px high and wide, on every screen', async () => {
  await open('new-payment');
  for (const state of Object.keys(states) as StateName[]) {
    await screens.become(state);
    const small = await screens.page.evaluate(() =>
      [...document.querySelectorAll('button, input, a')]
        .map((it) => ({ box: it.getBoundingClientRect(), text: it.textContent }))
        .filter(({ box }) => box.height < 47.5 || box.width < 47.5)
        .map(({ box, text }) => `${text} ${box.width}×${box.height}`),
    );
    expect(small, state).toEqual([]);
  }
});

test('each button prints the key that presses it, on every screen', async () => {
  await open('new-payment');
  for (const state of Object.keys(states) as StateName[]) {
    await screens.become(state);
    const silent = await screens.page.evaluate(() =>
      [...document.querySelectorAll('main button, .strip button, .tray button, .late-paid')]
        .filter((it) => it.closest('.keypad') === null)
        .filter((it) => !it.hasAttribute('data-key') || it.querySelector('.key') === null)
        .map((it) => it.textContent),
    );
    expect(silent, state).toEqual([]);
  }
});

describe('focus is never lost', () => {
  const onNothing = () => screens.page.evaluate(() => document.activeElement === document.body);

  test('from each screen to each next one it sits on something that can be seen', async () => {
    await open('new-payment');
    for (const state of Object.keys(states) as StateName[]) {
      await screens.become(state);
      expect(await onNothing(), state).toBe(false);
      const seen = await screens.page.evaluate(() => {
        const box = document.activeElement?.getBoundingClientRect();
        return box !== undefined && box.width > 0 && box.bottom <= window.innerHeight + 1;
      });
      expect(seen, state).toBe(true);
    }
  });

  test('a finger beside every button leaves it where it was', async () => {
    await open('new-payment-empty');
    await screens.page.mouse.click(8, 400);
    await screens.page.mouse.click(900, 690);
    expect(await focused()).toBe('amount');
  });

  test('when the focused payment leaves the tray, it goes back to the screen', async () => {
    await open('new-payment-tray');
    await keys('F8');
    await screens.push({ tray: [] });
    await expect.poll(focused).toBe('amount');
  });
});
