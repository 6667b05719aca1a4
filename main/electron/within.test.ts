import { beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../../test/support/manual-clock.ts';
import { within } from './within.ts';

let clock: ManualClock;
beforeEach(() => {
  clock = new ManualClock();
});

test('what ends in time is waited for, and no timer is left', async () => {
  expect(await within(8_000, clock, Promise.resolve())).toBe(true);
  expect(clock.waiting).toEqual([]);
});

test('what never ends is left after its time, and not before', async () => {
  let ended: boolean | null = null;
  const waiting = within(8_000, clock, new Promise(() => undefined)).then((it) => {
    ended = it;
  });
  await clock.run(7_999);
  expect(ended).toBeNull();
  await clock.run(1);
  await waiting;
  expect(ended).toBe(false);
});

test('what fails in time fails', async () => {
  await expect(within(8_000, clock, Promise.reject(new Error('torn')))).rejects.toThrow('torn');
});
