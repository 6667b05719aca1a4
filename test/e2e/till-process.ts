import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Profile } from '../../main/profile/fields.ts';
import { trainingProfile } from '../../main/profile/training.ts';
import { trainingIdentity } from '../../main/training/identity.ts';
import { Spoken } from '../support/run-till.ts';
import { temporaryFolder } from '../support/stub-till.ts';
import { type Ledgers, readLedgers } from './ledgers.ts';

const start = fileURLToPath(new URL('../../build/start.ts', import.meta.url));

/** What a test sets before the till starts. */
export interface TillSettings {
  /** The wall time it starts at, as an ISO instant; default a quiet morning in Jakarta. */
  readonly start?: string;
  /** How many times faster than real time, 1 … 200. */
  readonly speed?: number;
  /** Steps of the wall clock: `by` ms, once `at` ms have run. */
  readonly steps?: readonly { readonly at: number; readonly by: number }[];
  /** Put over the profile that training sets up by itself, and written as terminal.json. */
  readonly profile?: Partial<Profile>;
}

/**
 * The till and its simulator as one process under a test clock, with a data folder of its own that
 * outlives a kill.
 */
export class TillProcess {
  readonly dataDirectory: string;
  readonly #remove: () => void;
  readonly #clock: {
    readonly start: string;
    readonly anchor: number;
    readonly speed: number;
    readonly steps: NonNullable<TillSettings['steps']>;
  };
  #process: Spoken | null = null;

  constructor(settings: TillSettings) {
    const folder = temporaryFolder();
    this.dataDirectory = folder.path;
    this.#remove = () => folder.remove();
    // The anchor stays the same across restarts, so that a clock that was killed goes on.
    this.#clock = {
      start: settings.start ?? '2026-03-02T03:00:00.000Z',
      anchor: Date.now(),
      speed: settings.speed ?? 1,
      steps: settings.steps ?? [],
    };
    if (settings.profile !== undefined) {
      const usual = trainingProfile(trainingIdentity, 'http://127.0.0.1:0');
      const text = JSON.stringify({ ...usual, ...settings.profile });
      writeFileSync(join(this.dataDirectory, 'terminal.json'), text);
    }
  }

  /** Starts it and resolves to the address that opens it. */
  async start(): Promise<string> {
    this.#process = this.#spawn();
    const [, address = ''] = await this.#process.says(/Gerai is running: (\S+)/);
    await this.#process.says(/Ctrl-C closes it/);
    return address;
  }

  /** A second start on the same data folder: its exit code and all that it said. */
  async startAgainBeside(): Promise<{ readonly code: number | null; readonly said: string }> {
    const second = this.#spawn();
    return { code: await second.ends(), said: second.text };
  }

  /** The page that plays the customer's phone. */
  get phoneUrl(): string {
    return /phone \(training\): (\S+)/.exec(this.said)?.[1] ?? '';
  }

  /** All that this run has printed. */
  get said(): string {
    return this.#process?.text ?? '';
  }

  /** What the till's wall clock reads, its steps apart: milliseconds since 1970. */
  now(): number {
    const { start, anchor, speed } = this.#clock;
    return Date.parse(start) + (Date.now() - anchor) * speed;
  }

  /** Both sides' books as they stand on disk; null if the till has never made any. */
  ledgers(): Ledgers | null {
    const made = existsSync(join(this.dataDirectory, 'training', 'gerai.db'));
    return made ? readLedgers(this.dataDirectory) : null;
  }

  /** The program's own log. */
  log(): string {
    const path = join(this.dataDirectory, 'logs', 'gerai.log');
    return existsSync(path) ? readFileSync(path, 'utf8') : '';
  }

  /** The power cut: SIGKILL, at once. */
  async kill(): Promise<void> {
    this.#process?.child.kill('SIGKILL');
    await this.#process?.ends();
  }

  /** Ends it and removes its folder. */
  async dispose(): Promise<void> {
    await this.kill();
    this.#remove();
  }

  /** The test clock, as the till's environment has it. */
  protected get testClock(): string {
    return JSON.stringify(this.#clock);
  }

  #spawn(): Spoken {
    const args = ['--host', 'browser', '--no-open', '--data', this.dataDirectory];
    return new Spoken(process.execPath, [start, ...args], { GERAI_TEST_CLOCK: this.testClock });
  }
}
