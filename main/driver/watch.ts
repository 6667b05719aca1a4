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
   * To be called before anything else is done with a wake-up, an answer or a command. A jump moves
   * OVO's offset by its opposite at once, so that the later of the two clocks stays where it was.
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
    this.offset -= jumpedMs;
    const resumed = late > lateMs || Math.abs(apart) > lateMs * 0.4;
    if (resumed) this.expected = null;
    return { resumed, jumpedMs };
  }

  /**
   * OVO's own clock, from an answer's `Date`, which has whole seconds: its middle is the best guess.
   * Returns true if the offset moved by more than a second.
   */
  hear(ovo: Instant): boolean {
    const before = this.offset;
    this.ovoHeard = true;
    this.offset = ovo + 500 - this.clock.wall();
    return Math.abs(this.offset - before) > 1_000;
  }
}
