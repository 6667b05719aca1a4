import { describe, expect, test } from 'vitest';
import { mono } from '../../shared/time.ts';
import { callAt, systemClock, type TimerSource } from './system-clock.ts';

/** Timers driven by hand: each wait is recorded, and `fire` ends the last one. */
function handTimers() {
  const waits: number[] = [];
  let armed: (() => void) | null = null;
  const source: TimerSource = {
    set(call, ms) {
      waits.push(ms);
      armed = call;
      return call;
    },
    clear(timer) {
      if (armed === timer) armed = null;
    },
  };
  const fire = (): void => {
    const call = armed;
    armed = null;
    call?.();
  };
  return { source, waits, fire, isArmed: () => armed !== null };
}

describe('waiting on a monotonic clock', () => {
  test('calls once when the time has come', () => {
    let now = 1_000;
    const timers = handTimers();
    let calls = 0;
    callAt(() => mono(now), 1, timers.source)(mono(66_000), () => calls++);
    now = 66_000;
    timers.fire();
    timers.fire();
    expect([timers.waits, calls]).toEqual([[65_000], 1]);
  });

  test('a timer that wakes early waits for the rest', () => {
    let now = 0;
    const timers = handTimers();
    let calls = 0;
    callAt(() => mono(now), 1, timers.source)(mono(10), () => calls++);
    now = 9.2;
    timers.fire();
    expect(calls).toBe(0);
    now = 10.1;
    timers.fire();
    expect([timers.waits, calls]).toEqual([[10, 1], 1]);
  });

  test('a wait of thirty days is cut in slices that a timer can hold', () => {
    let now = 0;
    const timers = handTimers();
    let calls = 0;
    const thirtyDaysMs = 30 * 24 * 3_600_000;
    callAt(() => mono(now), 1, timers.source)(mono(thirtyDaysMs), () => calls++);
    now = 2 ** 31 - 1;
    timers.fire();
    expect(calls).toBe(0);
    now = thirtyDaysMs;
    timers.fire();
    expect(timers.waits).toEqual([2 ** 31 - 1, thirtyDaysMs - (2 ** 31 - 1)]);
    expect(calls).toBe(1);
  });

  test('a time that has passed is called soon, not at once', () => {
    const timers = handTimers();
    let calls = 0;
    callAt(() => mono(50), 1, timers.source)(mono(10), () => calls++);
    expect([timers.waits, calls]).toEqual([[0], 0]);
    timers.fire();
    expect(calls).toBe(1);
  });

  test('called off, it stays silent, also between two slices', () => {
    let now = 0;
    const timers = handTimers();
    let calls = 0;
    const callOff = callAt(() => mono(now), 1, timers.source)(mono(2 ** 32), () => calls++);
    now = 2 ** 31;
    timers.fire();
    callOff();
    expect(timers.isArmed()).toBe(false);
    timers.fire();
    expect(calls).toBe(0);
  });

  test('a faster clock asks for shorter waits', () => {
    const timers = handTimers();
    callAt(() => mono(0), 60, timers.source)(mono(65_000), () => undefined);
    expect(timers.waits).toEqual([Math.ceil(65_000 / 60)]);
  });
});

describe('the system clock', () => {
  test('rule 26a: elapsed time never goes back', () => {
    const clock = systemClock();
    let last = clock.mono();
    for (let i = 0; i < 1_000; i++) {
      const now = clock.mono();
      expect(now).toBeGreaterThanOrEqual(last);
      last = now;
    }
  });

  test('rule 22: a timer 5 s late means that the machine slept', () => {
    expect(systemClock().lateMs).toBe(5_000);
  });

  test('tells whole milliseconds of wall time', () => {
    expect(Number.isInteger(systemClock().wall())).toBe(true);
  });

  test('calls back through a real timer, and not when called off', async () => {
    const clock = systemClock();
    const calls: string[] = [];
    clock.at(clock.mono(), () => calls.push('off'))();
    await new Promise<void>((done) => clock.at(clock.mono(), done));
    expect(calls).toEqual([]);
  });
});
