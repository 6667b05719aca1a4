import type { Facts, Log } from '../../main/platform/log.ts';
import { scrub, scrubText } from '../../main/platform/scrub.ts';

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly what: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A log that a test can read. Scrubbed as the real one, so that what is read is what is written. */
export class MemoryLog implements Log {
  readonly lines: LogLine[] = [];

  info(what: string, facts: Facts = {}): void {
    this.#keep('info', what, facts);
  }

  warn(what: string, facts: Facts = {}): void {
    this.#keep('warn', what, facts);
  }

  error(what: string, facts: Facts = {}): void {
    this.#keep('error', what, facts);
  }

  /** The sentences of one level, or of all. */
  said(level?: LogLine['level']): readonly string[] {
    return this.lines
      .filter((line) => (level ?? line.level) === line.level)
      .map(({ what }) => what);
  }

  #keep(level: LogLine['level'], what: string, facts: Facts): void {
    this.lines.push({ level, what: scrubText(what), facts: scrub(facts) });
  }
}
