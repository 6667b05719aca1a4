import { describe, expect, test } from 'vitest';
import type { PaymentView } from '../../shared/view.ts';
import { screensForTests } from '../gallery/screens.ts';
import { payment, states } from '../gallery/states.ts';

// A hurried hand: keys pressed twice, held down, or typed for another screen. None of them may send
// money that nobody meant, or put away an end that nobody has read.

const screens = screensForTests();
const { open, keys, look, asked, answer, push, value, focused } = screens;
const front = (more: Partial<PaymentView>): PaymentView => payment({ canSetAside: true, ...more });
const paid = (id: number): PaymentView => payment({ ...states.paid.front, id });
const declined = payment({ ...states['not-charged'].front, id: 41 });
const fields = async () => [await value('amount'), await value('phone'), await focused()];
const selected = () => screens.page.evaluate(() => window.getSelection()?.toString());
const held = async (key: string, times = 4) => {
  for (let n = 0; n < times; n += 1) await screens.page.keyboard.down(key);
};

/** A sale whose phone has a payment that is not final: that one is shown, the draft waits (rule 8a). */
async function typedBehindAnOpenOne(): Promise<void> {
  await open('new-payment');
  await answer('payment.start', { ok: true, result: { kind: 'stillOpen', id: 41 } });
  await screens.page.keyboard.type('12500');
  await keys('Enter');
  await screens.page.keyboard.type('081234567890');
  await keys('Enter');
  await expect.poll(() => asked('payment.show')).toEqual([{ id: 41 }]);
  await push({ front: front({ id: 41 }) });
  await answer('payment.start', { ok: true, result: { kind: 'started', id: 42 } });
}

describe('rule 8a: a draft that waited behind a payment', () => {
  test.each(['paid', 'not-charged', 'needs-attention'] as const)(
    'is dropped when that payment has ended: %s',
    async (state) => {
      await typedBehindAnOpenOne();
      await push({ front: payment({ ...states[state].front, id: 41 }) });
      await look();
      await keys('Enter');
      await expect.poll(() => asked('payment.seen')).toEqual([{ id: 41 }]);
      await push({ front: null });
      expect(await fields()).toEqual(['', '', 'amount']);
      await look();
      await keys('Enter', 'Enter');
      expect(await asked('payment.start')).toHaveLength(1);
    },
  );

  test('comes back at the amount with everything selected: the next customer’s digits replace it', async () => {
    await typedBehindAnOpenOne();
    await keys('F2');
    await push({ front: null });
    expect(await fields()).toEqual(['12.500', '0812-3456-7890', 'amount']);
    expect(await selected()).toBe('12.500');
    await screens.page.keyboard.type('7000');
    await keys('Enter');
    expect(await selected()).toBe('0812-3456-7890');
    await screens.page.keyboard.type('085700001111');
    expect(await fields()).toEqual(['7.000', '0857-0000-1111', 'phone']);
  });

  test('is never one Enter, and never one bouncing Enter, from being sent', async () => {
    await typedBehindAnOpenOne();
    await keys('F2');
    await push({ front: null });
    await look();
    await keys('Enter', 'Enter', 'Enter');
    expect([await asked('payment.start'), await focused()]).toMatchObject([[{}], 'phone']);
    await look();
    await keys('Enter');
    expect(await asked('payment.start')).toHaveLength(2);
  });

  test('one that waited while somebody looked at a late "paid" is replaced by what is typed next', async () => {
    await open('new-payment');
    await screens.page.keyboard.type('10');
    const late = { ...paid(3), setAside: true, unseenEnd: true };
    await push({ tray: [late] });
    await keys('F9');
    await push({ front: late, tray: [] });
    await look();
    await keys('Enter', ...'5000');
    await push({ front: null });
    expect(await value('amount')).toBe('5.000');
  });

  test('the keypad replaces it too', async () => {
    await typedBehindAnOpenOne();
    await keys('F2');
    await push({ front: null });
    await screens.page.locator('.keypad').getByText('7', { exact: true }).click();
    await screens.page.locator('.keypad').getByText('000', { exact: true }).click();
    expect(await value('amount')).toBe('7.000');
  });
});

describe('an Enter that nobody meant for this screen', () => {
  test('held down from the phone on, it puts no end away, whatever has the focus', async () => {
    await open('new-payment');
    await screens.page.keyboard.type('12500');
    await keys('Enter');
    await screens.page.keyboard.type('081234567890');
    await held('Enter');
    await push({ front: declined });
    await look();
    await held('Enter');
    expect(await asked('payment.seen')).toEqual([]);
    await screens.page.keyboard.up('Enter');
    await keys('Enter');
    expect(await asked('payment.seen')).toHaveLength(1);
  });

  test('held down it does not go on with a number that is not confirmed', async () => {
    await open('new-payment');
    await screens.page.keyboard.down('Enter');
    await push({ front: payment({ phase: 'phoneUnchecked', canGoOn: true }) });
    await look();
    await held('Enter');
    expect(await asked('payment.goOn')).toEqual([]);
  });

  test.each(['Enter', 'Space'])(
    '%s just before and just after a change does nothing',
    async (key) => {
      await open('waiting');
      await keys(key);
      await push({ front: declined });
      await keys(key, key);
      expect(await asked('payment.seen')).toEqual([]);
      await look();
      await keys(key);
      await expect.poll(() => asked('payment.seen')).toHaveLength(1);
    },
  );

  test('a click counts at once', async () => {
    await open('waiting');
    await push({ front: declined });
    await screens.page.getByRole('button', { name: /^Next customer/ }).click();
    expect(await asked('payment.seen')).toHaveLength(1);
  });

  test('it does not answer a question that has just come up', async () => {
    await open('new-payment');
    const repeat = { kind: 'confirmRepeat', paidAt: states.paid.now - 60_000 };
    await answer('payment.start', { ok: true, result: repeat });
    await screens.page.keyboard.type('12500');
    await keys('Enter');
    await screens.page.keyboard.type('081234567890');
    await keys('Enter', 'Enter');
    await screens.page.getByRole('alertdialog').waitFor();
    await keys('Enter');
    expect(await screens.page.getByRole('alertdialog').count()).toBe(1);
  });

  test('what a scanner types at once after a change is entered all the same', async () => {
    await open('paid');
    await keys('Enter');
    await push({ front: null });
    await keys(...'12500', 'Enter', ...'081234567890', 'Enter');
    expect(await asked('payment.start')).toMatchObject([{ amount: 12_500, phone: '081234567890' }]);
  });
});

describe('after "Try again"', () => {
  test('a stray digit replaces the amount and multiplies nothing', async () => {
    await open('not-charged');
    await keys('t');
    await expect.poll(() => asked('payment.seen')).toHaveLength(1);
    await push({ front: null });
    await look();
    await keys('0');
    expect(await fields()).toEqual(['0', '0812-3456-7890', 'amount']);
    await keys('Enter', 'Enter');
    expect(await asked('payment.start')).toEqual([]);
  });

  test('the same typed ahead of the screen, also with two Enters behind it', async () => {
    for (const digit of ['0', '7']) {
      await open('not-charged');
      await keys('t', digit, 'Enter', 'Enter');
      await expect.poll(() => asked('payment.seen')).toHaveLength(1);
      await push({ front: null });
      await keys('Enter');
      expect([await value('amount'), await asked('payment.start')]).toEqual([digit, []]);
    }
  });

  test('amount and phone come from main, which is asked for this one payment', async () => {
    await open('not-charged');
    await answer('payment.again', { ok: true, result: { amount: 9_000, phone: '085700001111' } });
    await keys('t');
    await expect.poll(() => asked('payment.again')).toEqual([{ id: 41 }]);
    await push({ front: null });
    expect(await fields()).toMatchObject(['9.000', '0857-0000-1111', /^Request/]);
  });

  test('where main refuses, the payment stays and says so; nothing is put away', async () => {
    const refusal = { key: 'refusal.notNow', values: {} };
    await open('not-charged');
    await answer('payment.again', { ok: false, refusal });
    await keys('t');
    await screens.page.locator('.payment .refusal').getByText('not possible').waitFor();
    expect(await asked('payment.seen')).toEqual([]);
  });
});

describe('digits beside a payment', () => {
  const late = { ...paid(3), setAside: true, unseenEnd: true };

  test('choose nothing unless the focus is in the tray', async () => {
    await open('waiting');
    await push({ tray: [late] });
    await keys(...'1500', 'Enter');
    expect(await asked('payment.show')).toEqual([]);
    await keys('F8', '1');
    expect(await asked('payment.show')).toEqual([{ id: 3 }]);
  });

  test('a late "paid" that has just been brought up is not put away by the next Enter', async () => {
    await open('waiting');
    await push({ tray: [late] });
    await keys('F8', '1');
    await push({ front: late, tray: [front({ id: 41, setAside: true })] });
    await keys(...'500', 'Enter');
    expect([await asked('payment.show'), await asked('payment.seen')]).toEqual([[{ id: 3 }], []]);
  });
});
