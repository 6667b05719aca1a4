import { instant, type Mono, mono } from '../../shared/time.ts';
import { limits } from '../payment/limits.ts';
import type { Clock } from './clock.ts';

/** The longest wait that a timer of the platform can hold; a longer one fires at once. */
const timerMsMax = 2 ** 31 - 1;

/** What a timer is made of, so that a test can pass its own. */
export interface TimerSource {
  set(call: () => void, ms: number): unknown;
  clear(timer: unknown): void;
}

const platformTimers: TimerSource = {
  set: (call, ms) => setTimeout(call, ms),
  clear: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/**
 * Makes `Clock.at` out of platform timers. A wait longer than a timer can hold is cut in slices, and
 * one that woke a little early waits for the rest: nothing is called before its time.
 * @param speed this clock's milliseconds for each of the platform's.
 */
export function callAt(
  now: () => Mono,
  speed = 1,
  timers: TimerSource = platformTimers,
): Clock['at'] {
  return (at, call) => {
    let timer: unknown;
    const wait = (): void => {
      const ms = Math.ceil((at - now()) / speed);
      timer = timers.set(wake, Math.min(Math.max(ms, 0), timerMsMax));
    };
    const wake = (): void => {
      if (now() < at) wait();
      else call();
    };
    wait();
    return () => timers.clear(timer);
  };
}

/**
 * The real clock. Whether the monotonic one counts the machine's sleep differs between systems; both
 * kinds are noticed (rule 22): by a timer more than `lateMs` late, or by the wall clock running away.
 */
export function systemClock(): Clock {
  const now = (): Mono => mono(performance.now());
  return {
    mono: now,
    wall: () => instant(Date.now()),
    at: callAt(now),
    lateMs: limits.resumeMs,
  };
}
