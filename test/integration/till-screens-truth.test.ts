import { describe, expect, test } from 'vitest';
import { screensForTests } from '../gallery/screens.ts';
import { payment, states } from '../gallery/states.ts';

// What the page shows, says and sounds is what main knows: also across clocks, sleep and languages.

const screens = screensForTests();
const { open, keys, asked, answer, push, focused, says } = screens;
const seconds = () => screens.page.locator('.ring strong').textContent();
const mainsNow = states.waiting.now;

describe('the ring is fed by main', () => {
  test.each([
    ['an hour ahead', 3_600_000],
    ['right', 0],
    ['an hour behind', -3_600_000],
  ])('rule 9: with this page’s clock %s it shows the same seconds', async (_how, offMs) => {
    await screens.page.clock.install({ time: mainsNow + offMs });
    await open('waiting');
    expect(await seconds()).toBe('42');
    await screens.page.clock.runFor(10_000);
    expect(await seconds()).toBe('32');
    await push({ front: payment({ countdown: { leftMs: 5_000, totalMs: 55_000 } }) });
    expect(await seconds()).toBe('5');
  });

  test('the phases follow main too', async () => {
    await open('waiting');
    const current = () => screens.page.locator('.steps [aria-current]').textContent();
    expect(await current()).toContain('Customer confirms');
    await push({ front: payment({ phase: 'checking' }) });
    expect(await current()).toContain('Checking with OVO');
    await push({ front: payment({ phase: 'reversing', reversalAttempt: 1 }) });
    expect(await current()).toContain('Reversing');
  });
});

describe('sleep and waking', () => {
  const truth = { ok: true, result: { ...states.reversing, revision: 900 } };

  test('a machine that slept: the late beat asks main, and the truth stands there at once', async () => {
    await screens.page.clock.install({ time: mainsNow });
    await open('waiting');
    await answer('till.view', truth);
    await screens.page.clock.fastForward(600_000);
    await says('Reversing');
  });

  test('a monotonic clock that stood still in sleep is found out by the wall clock', async () => {
    await screens.page.clock.install({ time: mainsNow });
    await open('waiting');
    await answer('till.view', truth);
    await screens.page.clock.setSystemTime(mainsNow + 600_000);
    await screens.page.clock.runFor(1_100);
    await says('Reversing');
  });

  test('a page that is shown again asks', async () => {
    await open('waiting');
    await answer('till.view', truth);
    await screens.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await says('Reversing');
  });

  test('a push from before the sleep does not undo what was asked for after it', async () => {
    await open('waiting');
    await answer('till.view', truth);
    await screens.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await says('Reversing');
    await push({ front: payment({ phase: 'waiting' }) });
    expect(await screens.page.locator('#headline').textContent()).toBe('Reversing');
  });
});

describe('sound', () => {
  test.beforeEach(async () => {
    await screens.page.addInitScript(() => {
      const heard: number[] = [];
      const gain = {
        setValueAtTime: () => undefined,
        linearRampToValueAtTime: () => undefined,
        exponentialRampToValueAtTime: () => undefined,
      };
      class Deaf {
        currentTime = 0;
        resume = async () => undefined;
        createGain = () => ({ gain, connect: () => undefined });
        createOscillator = () => {
          const frequency = { value: 0 };
          return {
            frequency,
            connect: (to: unknown) => to,
            start: () => heard.push(frequency.value),
            stop: () => undefined,
          };
        };
      }
      Object.assign(window, { AudioContext: Deaf, heard });
    });
  });
  const heard = () =>
    screens.page.evaluate(() => [...(window as unknown as { heard: number[] }).heard]);

  test('paid and not paid sound once each, and differ', async () => {
    await open('waiting');
    await push({ front: payment({ phase: 'paid' }) });
    await expect.poll(heard).toEqual([784, 1_175]);
    await push({ unfinished: 1 });
    await push({ front: payment({ id: 42 }) });
    await push({ front: payment({ id: 42, phase: 'notCharged' }) });
    await expect.poll(heard).toEqual([784, 1_175, 294, 196]);
  });

  test('F7 switches them off, and says so', async () => {
    await open('waiting');
    await keys('F7');
    expect(await asked('till.setSound')).toEqual([{ on: false }]);
    await screens.page.getByRole('button', { name: 'Sound off', pressed: false }).waitFor();
    await push({ front: payment({ phase: 'paid' }) });
    await says('Payment Success');
    expect(await heard()).toEqual([]);
  });

  test('a payment paid after the cashier moved on is louder, and across the screen', async () => {
    await open('new-payment-tray');
    await push({
      tray: [payment({ id: 39, phase: 'paid', amount: 60_000, setAside: true, unseenEnd: true })],
    });
    await says('Look at it');
    await expect.poll(async () => (await heard()).length).toBe(6);
    expect(await focused()).toBe('amount');
    await keys('F9');
    expect(await asked('payment.show')).toEqual([{ id: 39 }]);
  });

  test('on a machine without sound nothing breaks', async () => {
    await screens.page.addInitScript(() => Object.assign(window, { AudioContext: undefined }));
    const faults: string[] = [];
    screens.page.on('pageerror', (error) => faults.push(error.message));
    await open('waiting');
    await push({ front: payment({ phase: 'paid' }) });
    await says('Payment Success');
    expect(faults).toEqual([]);
  });
});

describe('what a screen reader is told', () => {
  const told = (role: string) => screens.page.locator(`.unseen [role=${role}]`).textContent();

  test('each change of the payment on the screen, with what to do', async () => {
    await open('waiting');
    expect(await told('status')).toContain('Customer confirms');
    await push({ front: payment({ phase: 'reversalDue', reason: 'reason.timeout' }) });
    expect(await told('status')).toContain('Transaction Timeout');
    expect(await told('status')).toContain('must not pay twice');
    await push({ front: payment({ phase: 'reversed', final: true }) });
    expect(await told('status')).toContain('Not paid: reversed');
  });

  test('each step of those set aside, and a late "paid" as an alarm', async () => {
    await open('new-payment-tray');
    expect(await told('log')).toContain('Rp\u00a08.000 from 0857-••••-1122: reversing');
    const late = payment({ id: 39, phase: 'paid', amount: 60_000, unseenEnd: true });
    await push({ tray: [late] });
    expect(await told('alert')).toContain('Rp\u00a060.000 from 0812-••••-7890: paid');
  });
});

describe('what is wrong with the till is heard', () => {
  test('at once, what stops payments first', async () => {
    await open('new-payment');
    await push({ troubles: states['new-payment-refuses'].troubles });
    const told = await screens.page.locator('.unseen [role=alert]').textContent();
    expect(told).toMatch(/^No new payments now\. The disk is full\..*clock is 95 s off/);
  });
});

describe('rule 22: the till was interrupted', () => {
  const front = payment({
    phase: 'interrupted',
    next: { leftMs: 62_000, totalMs: 62_000 },
    canSetAside: true,
    canPayOtherwise: true,
  });

  test('it says so, and when it asks OVO, by main’s deadline', async () => {
    await screens.page.clock.install({ time: mainsNow });
    await open('new-payment');
    await push({ front });
    await says('The till was interrupted');
    expect(await seconds()).toBe('62');
    const till = screens.page.locator('.now dd').first();
    expect(await till.textContent()).toMatch(/Asks OVO at 17:36:00, in 62\ss\./);
    await screens.page.clock.runFor(20_000);
    expect(await seconds()).toBe('42');
    await screens.page.clock.runFor(50_000);
    expect(await till.textContent()).toBe('Asks OVO in a moment what became of this payment.');
    expect(await screens.page.locator('.payment').textContent()).not.toContain('Checking with OVO');
  });

  test('in the tray too', async () => {
    await open('new-payment');
    await push({ tray: [front] });
    const line = screens.page.locator('.tray-item .line');
    expect(await line.textContent()).toMatch(/The till was interrupted; asks OVO in 6[12]\ss/);
  });
});

describe('movement', () => {
  const moves = () =>
    screens.page.evaluate(() =>
      [...document.querySelectorAll('.late-paid, .tray-item, .ring-left')].map((it) => {
        const style = getComputedStyle(it);
        return Math.max(
          Number.parseFloat(style.transitionDuration),
          style.animationName === 'none' ? 0 : Number.parseFloat(style.animationDuration),
        );
      }),
    );

  test('none lasts 150 ms', async () => {
    await screens.page.emulateMedia({ reducedMotion: 'no-preference' });
    await open('waiting-tray');
    const longest = Math.max(...(await moves()));
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThan(0.15);
  });

  test('with reduced motion there is none at all', async () => {
    await screens.page.emulateMedia({ reducedMotion: 'reduce' });
    await open('waiting-tray');
    expect(Math.max(...(await moves()))).toBe(0);
  });
});

describe('troubles', () => {
  test('no connection to OVO is said before a number is typed', async () => {
    await open('new-payment-offline');
    await screens.page
      .locator('.troubles')
      .getByText('OVO cannot be reached, so new OVO payments cannot be taken')
      .waitFor();
    await screens.page.locator('.strip').getByText('not reached since').waitFor();
    expect(await focused()).toBe('amount');
  });

  test.each([
    ['diskFull', 'disk full', 'storageTrouble', 'takes no new payment. Tell the manager.'],
    ['midnightGuard', 'near midnight', 'midnightGuard', 'OVO payments start again at 00:00.'],
    ['numbersExhausted', 'numbers used up', 'numbersExhausted', 'Tell the manager'],
  ])('%s: in the strip, as a sentence, and as a refusal that says what to do', async (...names) => {
    const [trouble, short, refusal, advice] = names;
    await open('new-payment');
    await push({ troubles: [{ key: `trouble.${trouble}`, values: {}, weight: 'refuses' }] });
    await screens.page.locator('.strip').getByText(short).waitFor();
    await says('No new payments now.');
    await answer('payment.start', {
      ok: false,
      refusal: { key: `refusal.${refusal}`, values: {} },
    });
    await screens.page.keyboard.type('12500');
    await keys('Enter');
    await screens.page.keyboard.type('081234567890');
    await keys('Enter');
    await screens.page.locator('#pay-refusal').getByText(advice).waitFor();
    expect(await screens.value('amount')).toBe('12.500');
  });

  test('"OVO today" stands on the strip', async () => {
    await open('new-payment');
    await screens.page.locator('.strip').getByText('31 of 31, 46 ms').waitFor();
    await push({ ovoToday: null });
    await screens.page.locator('.strip').getByText('no requests').waitFor();
  });
});
