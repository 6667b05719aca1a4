import { z } from 'zod';
import { type Instant, instant, type Mono, mono } from '../../shared/time.ts';
import { limits } from '../payment/limits.ts';
import type { Clock } from './clock.ts';
import { isLoopback } from './loopback.ts';
import { callAt } from './system-clock.ts';

/**
 * A clock for whole processes in tests: it starts where it is told, runs at a multiple of real time
 * and takes steps as a badly kept PC's does, so that kill tests and day borders run in seconds.
 *
 * The wall clock is a function of real time and the settings alone. Two processes with the same
 * settings therefore agree, and so does one that was killed and started again.
 *
 * This module is reached only through `process-clock.ts`, which a package build empties; the marker
 * lets a test look for it in the bundle.
 */
export const testClockMarker = 'gerai-test-clock';

/** The settings of a test clock, as `GERAI_TEST_CLOCK` holds them in JSON. */
export interface TestClockSettings {
  /** The wall time at the anchor. */
  readonly start: Instant;
  /** The real time, in milliseconds since 1970, at which the clock read `start`. */
  readonly anchor: number;
  /** Milliseconds of this clock for each real one, 1 … 200. */
  readonly speed: number;
  /** Steps of the wall clock by `by` ms, once `at` ms of this clock have elapsed since the anchor. */
  readonly steps: readonly { readonly at: number; readonly by: number }[];
}

/** Real time as this module reads it; a test passes its own. */
export interface RealTime {
  /** Milliseconds since 1970, with fractions, never going back within a process. */
  now(): number;
}

export class TestClockRefused extends Error {
  override name = 'TestClockRefused';
}

/**
 * True where a test clock may run at all: in training, with OVO's stand-in on this machine. The
 * caller asks; a clock that runs wild must never meet money.
 */
export function testClockAllowed(terminal: {
  readonly environment: string;
  readonly baseUrl: string;
}): boolean {
  return terminal.environment === 'training' && isLoopback(terminal.baseUrl);
}

/**
 * Reads `GERAI_TEST_CLOCK`. Without an anchor the clock starts now, and another process would not
 * agree with it.
 * @throws TestClockRefused naming every fault.
 */
export function parseTestClock(text: string, real: RealTime = realTime): TestClockSettings {
  // Made here and not at the top level, where a bundler would keep it for its side effects.
  const schema = z.strictObject({
    start: z.iso.datetime({ offset: true }),
    anchor: z.number().min(0).default(real.now()),
    speed: z.number().min(1).max(200),
    steps: z
      .array(z.strictObject({ at: z.number().min(0), by: z.number().int() }))
      .max(100)
      .default([]),
  });
  const read = schema.safeParse(readJson(text));
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new TestClockRefused(`${testClockMarker}: ${faults.join('; ')}`);
  }
  return { ...read.data, start: instant(Date.parse(read.data.start)) };
}

/**
 * The clock itself. `lateMs` grows with the speed: a busy machine that runs a real second late is
 * not asleep. Wall and monotonic clock share one source, so only a step sets them apart.
 */
export function testClock(settings: TestClockSettings, real: RealTime = realTime): Clock {
  const startedAt = real.now();
  const elapsed = (): number => (real.now() - settings.anchor) * settings.speed;
  const now = (): Mono => mono((real.now() - startedAt) * settings.speed);
  return {
    mono: now,
    wall() {
      const ms = elapsed();
      const stepped = settings.steps.reduce((sum, { at, by }) => (at <= ms ? sum + by : sum), 0);
      return instant(settings.start + ms + stepped);
    },
    at: callAt(now, settings.speed),
    lateMs: limits.resumeMs * settings.speed,
  };
}

/** Finer than a whole millisecond, which the speed would make visible, and deaf to NTP's steps. */
const realTime: RealTime = { now: () => performance.timeOrigin + performance.now() };

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new TestClockRefused(`${testClockMarker}: not JSON`);
  }
}
