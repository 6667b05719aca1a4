import type { Instant, Mono } from '../../shared/time.ts';
import type { Moment } from '../payment/types.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';

/** What a look at the clocks found. */
export interface Looked {
  /** The machine slept, or lost count of time in some other way (rule 22). */
  readonly resumed: boolean;
  /** The wall clock moved against the monotonic one by this much, in milliseconds; 0 if it did not. */
  readonly jumpedMs: number;
}

/**
 * Reads the clocks, and notices when they cannot be trusted to have counted (rules 22, 26a): a timer
 * far too late, or wall and monotonic clock apart. Keeps OVO's offset, and whether OVO was heard.
 */
export class Watch {
  private readonly clock: Clock;
  private readonly random: Random;
  private lastMono: Mono;
  private lastWall: Instant;
  /** When the driver asked to be woken; a look long after that is a resume. */
  private expected: Mono | null = null;
  private offset: number;
  private ovoHeard = false;
  /** An offset that one answer showed, and no second one has confirmed. */
  private doubted: number | null = null;

  /** `offsetMs`: OVO's clock minus the PC's as an earlier run has left it. */
  constructor(clock: Clock, random: Random, offsetMs: number) {
    this.clock = clock;
    this.random = random;
    this.offset = offsetMs;
    this.lastMono = clock.mono();
    this.lastWall = clock.wall();
  }

  get offsetMs(): number {
    return this.offset;
  }

  get heard(): boolean {
    return this.ovoHeard;
  }

  /** The moment for an event. `notFoundTrusted` is the store's to know (rule 12b). */
  moment(notFoundTrusted: boolean): Moment {
    return {
      mono: this.clock.mono(),
      wall: this.clock.wall(),
      offsetMs: this.offset,
      heard: this.ovoHeard,
      notFoundTrusted,
      roll: this.random.fraction(),
    };
  }

  expectWake(at: Mono): void {
    this.expected = at;
  }

  /**
   * To be called before anything else is done with a wake-up, an answer or a command. A step back
   * moves OVO's offset forward by as much, so that the later of the two clocks stays where it was. A
   * step forward leaves it: after a sleep that the monotonic clock did not count it is as true as
   * before, and after a clock set right it is too careful until OVO is heard again.
   */
  look(): Looked {
    const mono = this.clock.mono();
    const wall = this.clock.wall();
    const apart = wall - this.lastWall - (mono - this.lastMono);
    const late = this.expected === null ? 0 : mono - this.expected;
    this.lastMono = mono;
    this.lastWall = wall;
    const { lateMs } = this.clock;
    // A twentieth of what counts as late is more than two readings of a busy machine are apart.
    const jumpedMs = Math.abs(apart) > lateMs / 20 ? Math.round(apart) : 0;
    this.offset -= Math.min(0, jumpedMs);
    const resumed = late > lateMs || Math.abs(apart) > lateMs * 0.4;
    if (resumed) this.expected = null;
    return { resumed, jumpedMs };
  }

  /**
   * A believed answer of OVO's, with its own clock if it showed one. `Date` has whole seconds: its
   * middle is the best guess. An offset far from the present one counts only when a second answer
   * agrees, since one wild `Date` could close the till, or open it after the cut-off. Without a `Date`
   * the PC's clock stays in force.
   */
  hear(ovo: Instant | null): void {
    if (ovo === null) {
      this.ovoHeard = true;
      return;
    }
    const offset = ovo + 500 - this.clock.wall();
    const agrees = (other: number): boolean => Math.abs(offset - other) <= wildMs;
    const confirms = this.doubted !== null && agrees(this.doubted);
    // Where an earlier run's offset stands alone, OVO and the PC's own clock are two against one.
    const pcIsRight = !this.ovoHeard && agrees(0);
    if (!agrees(this.offset) && !confirms && !pcIsRight) {
      this.doubted = offset;
      return;
    }
    this.doubted = null;
    this.ovoHeard = true;
    this.offset = offset;
  }
}

/** Clocks this far from what was known are not believed at once. */
const wildMs = 5 * 60_000;
