import { z } from 'zod';
import { instant, jakartaOffsetMs } from './time-text.ts';

/** A point in time: milliseconds since 1970 UTC, by whichever wall clock it was read from. */
export const Instant = z.number().int().brand<'Instant'>();
export type Instant = z.infer<typeof Instant>;

/** Milliseconds of a monotonic clock. Means something only within one run of the program. */
export const Mono = z.number().brand<'Mono'>();
export type Mono = z.infer<typeof Mono>;

/** A calendar day in Asia/Jakarta, `2021-03-24`: the day that OVO counts in. */
export const JakartaDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .brand<'JakartaDay'>();
export type JakartaDay = z.infer<typeof JakartaDay>;

export const dayMs = 24 * 3_600_000;

// How times are written for OVO and for people, kept in a file of its own that needs no zod.
export { instant, jakartaStamp, jakartaTime, mono } from './time-text.ts';

/** The later of two instants or monotonic readings. */
export const laterOf = <T extends Instant | Mono>(a: T, b: T): T => (a > b ? a : b);

/** The Jakarta day on which an instant falls, whatever the terminal's own time zone. */
export function jakartaDay(at: Instant): JakartaDay {
  return JakartaDay.parse(new Date(at + jakartaOffsetMs).toISOString().slice(0, 10));
}

/** The instant at which a Jakarta day is `msIntoDay` old; `dayMs` gives the end of the day. */
export function instantInDay(day: JakartaDay, msIntoDay: number): Instant {
  return instant(Date.parse(`${day}T00:00:00.000Z`) - jakartaOffsetMs + msIntoDay);
}
