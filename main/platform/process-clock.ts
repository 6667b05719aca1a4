import type { Clock } from './clock.ts';
import { systemClock } from './system-clock.ts';
import { parseTestClock, TestClockRefused, testClock, testClockAllowed } from './test-clock.ts';

/** Set by the build: false in a package, where all that depends on it is then left out. */
declare const __TEST_CLOCK__: boolean;

/**
 * The clock that this process runs on: the system's, or the test clock that `GERAI_TEST_CLOCK` asks
 * for. A package knows no test clock and does not look at the variable.
 * @throws TestClockRefused if a test clock is asked for outside training on loopback, or unreadable.
 * The program then does not start, rather than run on a clock that nobody expects.
 */
export function processClock(
  environment: Readonly<Record<string, string | undefined>>,
  terminal: { readonly environment: string; readonly baseUrl: string },
): Clock {
  // Run from its sources, the program has no such constant.
  if (typeof __TEST_CLOCK__ === 'undefined' || __TEST_CLOCK__) {
    const text = environment.GERAI_TEST_CLOCK;
    if (text !== undefined && text !== '') {
      if (!testClockAllowed(terminal)) {
        throw new TestClockRefused('GERAI_TEST_CLOCK is for training on this machine only');
      }
      return testClock(parseTestClock(text));
    }
  }
  return systemClock();
}
