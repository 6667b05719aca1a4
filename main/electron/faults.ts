import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { ShellWord } from './words.ts';

export interface FaultNeeds {
  readonly clock: Pick<Clock, 'mono'>;
  /** The till's log, once there is one. */
  log(): Pick<Log, 'error'> | null;
  /** This run was started by one that ended with a fault. */
  readonly afterFault: boolean;
  /** Closes what can be closed, and takes no longer than a person waits; what is durable is so already. */
  closeTill(): Promise<void>;
  /** Starts the program once more and ends this one. */
  restart(): void;
  /** Says why, waits until it was read, and ends the program. */
  stop(word: ShellWord): void;
}

/**
 * A second fault within this time after the first is no accident: starting again would go round. Far
 * longer than the 65 and 130 s of a payment, which a start counts anew: a fault in what is done then
 * comes late in every run.
 */
const settledMs = 600_000;

/**
 * What happens to a fault in the program that nobody caught. The program cannot know what was left
 * half done, so it does not go on: all that matters is durable, and a fresh start counts anew and
 * settles every payment (rule 22). The fault changes no verdict.
 */
export class Faults {
  private readonly needs: FaultNeeds;
  private readonly startedAt: number;
  private handled = false;

  constructor(needs: FaultNeeds) {
    this.needs = needs;
    this.startedAt = needs.clock.mono();
  }

  /** For `uncaughtException` and `unhandledRejection`. Acts once; what follows is only logged. */
  onFault(kind: 'exception' | 'rejection', error: unknown): void {
    this.needs.log()?.error('a fault in the program', { kind, error });
    if (this.handled) return;
    this.handled = true;
    const again = this.needs.afterFault && this.needs.clock.mono() - this.startedAt < settledMs;
    const end = () => (again ? this.needs.stop('fault.stopped') : this.needs.restart());
    this.needs.closeTill().then(end, end);
  }
}
