import { mono } from '../../shared/time.ts';
import type { Clock } from '../platform/clock.ts';

/**
 * Waits for `work`, but not longer than `ms`.
 * @returns false if the time is over first. What `work` does later is not waited for.
 * @throws what `work` throws, if that comes in time.
 */
export function within(
  ms: number,
  clock: Pick<Clock, 'at' | 'mono'>,
  work: Promise<unknown>,
): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const callOff = clock.at(mono(clock.mono() + ms), () => resolve(false));
    work.finally(callOff).then(() => resolve(true), reject);
  });
}
