import type { Instant, Mono } from '../../shared/time.ts';

/**
 * The only door to time. `mono` counts elapsed time and never goes back; `wall` is the PC's clock,
 * for dates and for finding the cut-off, and may jump either way.
 */
export interface Clock {
  mono(): Mono;
  wall(): Instant;
  /** Calls back once when `mono()` has reached `at`; returns a function that calls it off. */
  at(at: Mono, call: () => void): () => void;
  /**
   * How late a timer may be before it means that the machine slept, in this clock's milliseconds: a
   * clock that runs fast allows more. Wall and monotonic clock do not drift with the machine's load,
   * so `limits.resumeMs` says how far apart those two may come, whatever the speed (rule 22).
   */
  readonly lateMs: number;
}
