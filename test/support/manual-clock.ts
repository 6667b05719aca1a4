import type { Clock } from '../../main/platform/clock.ts';
import { type Instant, instant, type Mono, mono } from '../../shared/time.ts';

interface Timer {
  readonly at: Mono;
  readonly call: () => void;
}

/**
 * A clock moved by hand. Timers fire in the order of their times, each with the clock at its own
 * time, and in the order of their making where the times are the same.
 */
export class ManualClock implements Clock {
  readonly lateMs: number;
  #mono: number;
  #wall: number;
  #timers: Timer[] = [];

  /** @param start wall time, as ISO text with its zone, or as an instant. */
  constructor(start: string | Instant = '2026-03-24T10:00:00+07:00', lateMs = 5_000) {
    this.#wall = typeof start === 'string' ? Date.parse(start) : start;
    if (Number.isNaN(this.#wall)) throw new Error(`not a time: ${start}`);
    // Not zero, so that a test notices elapsed time taken for a reading.
    this.#mono = 1_000;
    this.lateMs = lateMs;
  }

  mono(): Mono {
    return mono(this.#mono);
  }

  wall(): Instant {
    return instant(this.#wall);
  }

  at(at: Mono, call: () => void): () => void {
    const timer: Timer = { at, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** The times of the timers still waiting, the next first. */
  get waiting(): readonly Mono[] {
    return this.#timers.map(({ at }) => at).sort((a, b) => a - b);
  }

  /** Lets `ms` pass on both clocks; every timer that falls due fires at its own time. */
  advance(ms: number): void {
    const until = this.#mono + ms;
    for (let timer = this.#next(until); timer !== null; timer = this.#next(until)) {
      this.#fire(timer);
    }
    this.#move(until);
  }

  /**
   * As `advance`, but lets promises settle before the first timer and after each one, so that code
   * which awaits between its timers is seen to act at the right time.
   */
  async run(ms: number): Promise<void> {
    const until = this.#mono + ms;
    await settle();
    for (let timer = this.#next(until); timer !== null; timer = this.#next(until)) {
      this.#fire(timer);
      await settle();
    }
    this.#move(until);
    await settle();
  }

  /** Steps the wall clock alone, forward or back, as a person or NTP does. */
  jumpWall(ms: number): void {
    this.#wall += ms;
  }

  /**
   * The machine sleeps for `ms`: no timer fires meanwhile, those that fell due fire late, one after
   * another, when it wakes. Systems differ in whether the monotonic clock counts the sleep.
   */
  sleep(ms: number, monotonicCounts: boolean): void {
    this.#wall += ms;
    if (monotonicCounts) this.#mono += ms;
    this.advance(0);
  }

  /** The first timer due by `until`, or null. */
  #next(until: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.at <= until && (next === null || timer.at < next.at)) next = timer;
    }
    return next;
  }

  #fire(timer: Timer): void {
    this.#timers = this.#timers.filter((other) => other !== timer);
    this.#move(timer.at);
    timer.call();
  }

  /** Moves both clocks forward to `at`; a time that has passed moves nothing. */
  #move(at: number): void {
    const ms = Math.max(at - this.#mono, 0);
    this.#mono += ms;
    this.#wall += ms;
  }
}

/** Lets all promises that can settle do so. No real time is waited for. */
export function settle(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
