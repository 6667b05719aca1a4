import { describe, expect, test } from 'vitest';
import type { TillView } from '../../shared/view.ts';
import { screensForTests } from '../gallery/screens.ts';
import { payment, type StateName, states } from '../gallery/states.ts';

// 1024 × 768 is the smallest screen. A window on it has less: whatever is on, its buttons are in sight.

const screens = screensForTests();
const { open, push } = screens;
const names = Object.keys(states) as StateName[];

/** Buttons of the screen that are not wholly in sight, by their words. */
const outOfSight = (): Promise<string[]> =>
  screens.page.evaluate(async () => {
    await document.fonts.ready;
    const room = document.querySelector('main')?.getBoundingClientRect() ?? new DOMRect();
    return [...document.querySelectorAll('main .button, .keypad button')]
      .filter((it) => {
        const { left, right, top, bottom } = it.getBoundingClientRect();
        const inside = top >= room.top && bottom <= Math.min(room.bottom, window.innerHeight);
        return !inside || left < room.left || right > room.right;
      })
      .map((it) => it.textContent ?? '');
  });

/** All that can stand around a screen at once. */
const crowd: Partial<TillView> = {
  tray: [...states['new-payment-ended-unseen'].tray],
  troubles: [...states['new-payment-refuses'].troubles],
};

const rooms = [
  ['a window on the smallest screen', 1000, 680],
  ['what its frame leaves of that', 984, 641],
] as const;

describe.each(rooms)('%s', (_room, width, height) => {
  test.each(['en', 'id'] as const)(
    'shows every button of every screen, in %s',
    async (language) => {
      await screens.page.setViewportSize({ width, height });
      await open('new-payment', language);
      for (const name of names) {
        await screens.become(name);
        expect(await outOfSight(), name).toEqual([]);
        await push(crowd);
        expect(await outOfSight(), `${name}, with a full tray and troubles`).toEqual([]);
      }
    },
  );
});

test('where the words do not fit, they are scrolled, and the buttons stay', async () => {
  await screens.page.setViewportSize({ width: 984, height: 600 });
  await open('interrupted', 'id');
  const front = payment({
    phase: 'interrupted',
    next: { leftMs: 48_000, totalMs: 62_000 },
    earlier: true,
    paidOtherwise: true,
    canSetAside: true,
    canPayOtherwise: true,
  });
  await push({ ...crowd, front });
  expect(await outOfSight()).toEqual([]);
});

test.each([
  [800, 600],
  [683, 384],
])(
  '%i × %i, as in an enlarged browser: the page scrolls as a whole to every part',
  async (...size) => {
    const [width, height] = size;
    await screens.page.setViewportSize({ width, height });
    await open('paid');
    const { page } = screens;
    await page.evaluate(() => window.scrollTo(10_000, 10_000));
    const end = await page.locator('.strip').evaluate((it) => {
      const { right, bottom } = it.getBoundingClientRect();
      return [right, bottom].map(Math.round);
    });
    expect(end).toEqual([width, height]);
    await page.getByRole('button', { name: 'Next customer' }).click();
    expect(await screens.asked('payment.seen')).toHaveLength(1);
  },
);

test('amount and ring or shape stand in the same place on every screen of a payment', async () => {
  await screens.page.setViewportSize({ width: 1366, height: 768 });
  await open('waiting');
  const places = new Set<string>();
  for (const name of names.filter((one) => states[one].front !== null)) {
    if (states[name].tray.length > 0 || name === 'paid-large') continue;
    await screens.become(name);
    const found = await screens.page.evaluate(() =>
      ['.payment header .amount', '.figure > *'].map((what) => {
        const box = document.querySelector(what)?.getBoundingClientRect() ?? new DOMRect();
        return [box.x, box.y, box.height].map(Math.round).join(' ');
      }),
    );
    places.add(found.join(', '));
  }
  expect([...places]).toHaveLength(1);
});

test('the strip ends what does not fit with an ellipsis, never within a letter', async () => {
  await screens.page.setViewportSize({ width: 960, height: 640 });
  await open('new-payment-many-troubles', 'id');
  const cut = await screens.page.evaluate(() =>
    [...document.querySelectorAll('.strip dt, .strip dd')]
      .filter((it) => it.scrollWidth > it.clientWidth)
      .map((it) => getComputedStyle(it).textOverflow),
  );
  expect(cut.length).toBeGreaterThan(0);
  expect(new Set(cut)).toEqual(new Set(['ellipsis']));
});

test('a late "paid" above another payment’s end says whose it is, and is no field of green', async () => {
  await open('not-charged');
  await push({ tray: crowd.tray ?? [] });
  const bar = screens.page.locator('.late-paid');
  expect(await bar.textContent()).toMatch(/^Another payment:/);
  const field = () => bar.evaluate((it) => getComputedStyle(it).backgroundColor);
  const quiet = await field();
  await screens.become('new-payment-ended-unseen');
  expect(await bar.textContent()).not.toContain('Another payment');
  expect(await field()).not.toBe(quiet);
});
