import type { z } from 'zod';

/** The types that time.ts parses to; here without zod, so that the page stays small. */
type Instant = number & z.core.$brand<'Instant'>;
type Mono = number & z.core.$brand<'Mono'>;

/** Jakarta is UTC+7 and has no daylight saving, so the offset is a constant, not a time-zone lookup. */
export const jakartaOffsetMs = 7 * 3_600_000;

/**
 * A reading of a wall clock, in whole milliseconds since 1970 UTC.
 * @throws RangeError for what is no number.
 */
export function instant(ms: number): Instant {
  const whole = Math.round(ms);
  if (!Number.isSafeInteger(whole)) throw new RangeError(`no instant: ${ms}`);
  return whole as Instant;
}

/** A reading of a monotonic clock, in milliseconds. */
export const mono = (ms: number): Mono => ms as Mono;

/** `2022-02-10 17:34:58.497`: Jakarta wall time with exactly three millisecond digits, as OVO wants it. */
export function jakartaStamp(at: Instant): string {
  return new Date(at + jakartaOffsetMs).toISOString().replace('T', ' ').slice(0, 23);
}

/** `HH:mm:ss` in Jakarta, for people. */
export function jakartaTime(at: Instant): string {
  return jakartaStamp(at).slice(11, 19);
}
