import { describe, expect, test } from 'vitest';
import type { PaymentView } from '../../shared/view.ts';
import { screensForTests } from '../gallery/screens.ts';
import { payment, states } from '../gallery/states.ts';

// The real page in a real browser, driven by keys alone; only main is played.

const screens = screensForTests();
const { open, keys, look, asked, answer, push, focused, value, says } = screens;
const front = (more: Partial<PaymentView>): PaymentView => payment({ canSetAside: true, ...more });

describe('a new payment', () => {
  test('takes digits, Enter, digits, Enter, and nothing else', async () => {
    await open('new-payment');
    await screens.page.keyboard.type('12500');
    expect(await value('amount')).toBe('12.500');
    await keys('Enter');
    await screens.page.keyboard.type('081234567890');
    expect(await value('phone')).toBe('0812-3456-7890');
    await keys('Enter');
    expect(await asked('payment.start')).toEqual([
      { amount: 12_500, phone: '081234567890', confirmRepeat: false },
    ]);
  });

  test('understands what is pasted into either field', async () => {
    await open('new-payment');
    await screens.page.keyboard.insertText(' 12.500 ');
    await keys('Enter');
    await screens.page.keyboard.insertText('+62 812-3456-7890');
    await keys('Enter');
    expect(await asked('payment.start')).toMatchObject([{ amount: 12_500, phone: '081234567890' }]);
  });

  test('says a fault beside its field, keeps what was typed and the focus', async () => {
    await open('new-payment');
    await screens.page.keyboard.type('12,5');
    await keys('Enter');
    await says('Type whole rupiah, digits only: for example 12500.');
    expect([await value('amount'), await focused()]).toEqual(['12,5', 'amount']);
    expect(await screens.page.locator('#amount').getAttribute('aria-describedby')).toContain(
      'amount-fault',
    );
  });

  test('a digit in the middle leaves the caret behind it', async () => {
    await open('new-payment');
    await screens.page.keyboard.type('12500');
    await keys('Home', 'ArrowRight');
    await screens.page.keyboard.type('99');
    expect(await value('amount')).toBe('1.992.500');
  });

  test('the keypad writes to the focused field and leaves the focus there', async () => {
    await open('new-payment');
    for (const key of ['1', '2', '000'])
      await screens.page.locator('.keypad').getByText(key, { exact: true }).click();
    await screens.page.getByLabel('Delete the last digit').click();
    expect([await value('amount'), await focused()]).toEqual(['1.200', 'amount']);
    await screens.page.getByRole('button', { name: 'Next' }).click();
    await screens.page.locator('.keypad').getByText('0', { exact: true }).click();
    expect([await value('phone'), await focused()]).toEqual(['0', 'phone']);
  });

  test('Enter pressed twice sends once', async () => {
    await open('new-payment');
    await screens.page.keyboard.type('12500');
    await keys('Enter');
    await screens.page.keyboard.type('081234567890');
    await screens.page.evaluate(() => {
      const form = document.querySelector('form');
      form?.requestSubmit();
      form?.requestSubmit();
    });
    expect(await asked('payment.start')).toHaveLength(1);
  });

  test('a refusal stands beside the button, and what was typed stays', async () => {
    await open('new-payment');
    await answer('payment.start', {
      ok: false,
      refusal: { key: 'refusal.tooManyPayments', values: {} },
    });
    await screens.page.keyboard.type('12500');
    await keys('Enter');
    await screens.page.keyboard.type('081234567890');
    await keys('Enter');
    await says('Too many payments are under way. Wait until one of them has ended.');
    expect([await value('amount'), await value('phone')]).toEqual(['12.500', '0812-3456-7890']);
  });
});

describe('rule 8a: a phone that was just charged, or may be', () => {
  async function typeAndEnter(): Promise<void> {
    await screens.page.keyboard.type('12500');
    await keys('Enter');
    await screens.page.keyboard.type('081234567890');
    await keys('Enter');
  }
  const repeat = { ok: true, result: { kind: 'confirmRepeat', paidAt: states.paid.now - 60_000 } };

  test('one more Enter answers "no" to the question', async () => {
    await open('new-payment');
    await answer('payment.start', repeat);
    await typeAndEnter();
    await says('Take it once more?');
    expect(await focused()).toContain('No, do not charge');
    await look();
    await keys('Enter');
    expect(await asked('payment.start')).toHaveLength(1);
    expect([await value('amount'), await focused()]).toEqual(['12.500', 'amount']);
  });

  test('Y charges once more, and says so to main', async () => {
    await open('new-payment');
    await answer('payment.start', repeat);
    await typeAndEnter();
    await says('Take it once more?');
    await keys('y');
    expect(await asked('payment.start')).toMatchObject([
      { confirmRepeat: false },
      { confirmRepeat: true },
    ]);
  });

  test('a payment still open is shown instead, says why, and the draft is kept', async () => {
    await open('new-payment');
    await answer('payment.start', { ok: true, result: { kind: 'stillOpen', id: 41 } });
    await typeAndEnter();
    await expect.poll(() => asked('payment.show')).toEqual([{ id: 41 }]);
    await push({ front: front({ id: 41 }) });
    await screens.page.getByText('no second request has been sent').waitFor();
    await push({ front: null });
    expect([await value('amount'), await value('phone')]).toEqual(['12.500', '0812-3456-7890']);
  });
});

describe('a payment on the screen', () => {
  test('F2 sets it aside; Enter and a held key do nothing', async () => {
    await open('waiting');
    await keys('Enter');
    await screens.page.keyboard.down('F2');
    await screens.page.keyboard.down('F2');
    expect(await asked('payment.setAside')).toEqual([{ id: 41 }]);
    expect(await asked('payment.seen')).toEqual([]);
  });

  test('the focus follows the screen, and Enter is for the next customer', async () => {
    await open('waiting');
    await push({
      front: front({ phase: 'paid', final: true, approvalCode: '410315', endedAt: 1 }),
    });
    await says('Payment Success');
    expect(await focused()).toContain('Next customer');
    await look();
    await keys('Enter');
    expect(await asked('payment.seen')).toEqual([{ id: 41 }]);
    await push({ front: null });
    expect(await focused()).toBe('amount');
  });

  test('T tries again with the same amount and phone, and one Enter sends', async () => {
    await open('not-charged');
    await keys('t');
    await expect.poll(() => asked('payment.seen')).toEqual([{ id: 41 }]);
    await push({ front: null });
    expect([await value('amount'), await value('phone')]).toEqual(['12.500', '0812-3456-7890']);
    await look();
    await keys('Enter');
    expect(await asked('payment.start')).toMatchObject([{ amount: 12_500, phone: '081234567890' }]);
  });

  test('T after "not registered": the phone stands selected, the next digits replace it', async () => {
    await open('not-charged-phone');
    await keys('t');
    await expect.poll(() => asked('payment.seen')).toHaveLength(1);
    await push({ front: null });
    expect([await value('amount'), await value('phone'), await focused()]).toEqual([
      '12.500',
      '0812-3456-7890',
      'phone',
    ]);
    await screens.page.keyboard.type('085700001111');
    expect(await value('phone')).toBe('0857-0000-1111');
    await keys('Enter');
    expect(await asked('payment.start')).toMatchObject([{ amount: 12_500, phone: '085700001111' }]);
  });

  test('a refusal stands beside the buttons', async () => {
    await open('asked-again');
    await answer('payment.paidOtherwise', {
      ok: false,
      refusal: { key: 'refusal.notNow', values: {} },
    });
    await keys('p');
    await says('That is not possible any more: read what the payment’s screen says now.');
  });

  test('number not confirmed: Enter goes on, Esc stops', async () => {
    await open('phone-unchecked');
    await keys('Enter');
    expect(await asked('payment.goOn')).toEqual([{ id: 41 }]);
    await open('phone-unchecked');
    await keys('Escape');
    expect(await asked('payment.cancel')).toEqual([{ id: 41 }]);
  });
});

describe('the frame', () => {
  test('F8 and a digit show a payment of the tray; digits are text otherwise', async () => {
    await open('new-payment-tray');
    await keys('1');
    expect([await value('amount'), await asked('payment.show')]).toEqual(['1', []]);
    await keys('F8', '2');
    expect(await asked('payment.show')).toEqual([{ id: 39 }]);
    await keys('Escape');
    expect(await focused()).toBe('amount');
  });

  test('arrows walk through the tray, and Enter shows', async () => {
    await open('new-payment-tray');
    await keys('F8', 'ArrowDown', 'ArrowDown', 'Enter');
    expect(await asked('payment.show')).toEqual([{ id: 33 }]);
  });

  test('a letter that slips into the amount is text, and switches nothing', async () => {
    await open('new-payment');
    await screens.page.keyboard.type('125lstpy');
    expect(await value('amount')).toBe('125lstpy');
    expect([await asked('till.setLanguage'), await asked('till.setSound')]).toEqual([[], []]);
  });

  test('F4 changes the language, also from a field', async () => {
    await open('new-payment');
    await keys('F4');
    await says('Lanjut');
    expect(await asked('till.setLanguage')).toEqual([{ language: 'id' }]);
    await says('Enter Your Registered Phone Number in the OVO Application with 08xxx format');
    await says('Masukkan nomor ponsel yang terdaftar di aplikasi OVO dengan format 08xxx');
    expect(await screens.page.locator('html').getAttribute('lang')).toBe('id');
  });

  test('? shows the keys, Esc closes them and gives the focus back', async () => {
    await open('new-payment');
    await keys('?');
    await screens.page.locator('dialog[open]').waitFor();
    await keys('F2', 'Escape');
    await expect.poll(() => screens.page.locator('dialog').count()).toBe(0);
    expect(await focused()).toBe('amount');
  });

  test('production shows no banner, training a loud one with the customer’s phone', async () => {
    await open('new-payment-production');
    expect(await screens.page.locator('.banner').count()).toBe(0);
    await open('new-payment');
    await says('TRAINING');
    const link = screens.page.getByRole('link', { name: 'Play the customer’s phone' });
    expect(await link.getAttribute('rel')).toBe('noopener noreferrer');
  });

  test('a payment that was paid while set aside is said at once to those who listen', async () => {
    await open('new-payment-ended-unseen');
    const alert = screens.page.locator('.unseen [role=alert]');
    expect(await alert.textContent()).toContain('paid');
  });

  test('a payment of the tray is not told a second time among the last ones', async () => {
    await open('new-payment');
    const shown = screens.page.locator('aside').getByText('Rp\u00a08.000', { exact: true });
    expect(await shown.count()).toBe(1);
    await push({ tray: states['new-payment-tray'].tray });
    expect(await shown.count()).toBe(1);
    expect(await screens.page.locator('.tray').getByText('Rp\u00a08.000').count()).toBe(1);
  });
});
