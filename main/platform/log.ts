import { lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import electronLog from 'electron-log/node';
import { jakartaStamp } from '../../shared/time.ts';
import type { Clock } from './clock.ts';
import { type Facts, scrub, scrubText } from './scrub.ts';

export type { Facts } from './scrub.ts';

/**
 * The program's own log: what it did and why, for those who support it. It is not the exchange log
 * that OVO asks for, which keeps every byte in the database (rule 25); this one never holds a phone
 * number in full, a customer's name or balance, the app key or raw bytes. Never throws.
 *
 * `what` is a fixed sentence; what varies goes into `facts`.
 */
export interface Log {
  info(what: string, facts?: Facts): void;
  warn(what: string, facts?: Facts): void;
  error(what: string, facts?: Facts): void;
}

/** A log in files, with what may be set after it was opened. */
export interface FileLog extends Log {
  /** Keeps this text out of every line from now on, wherever it might turn up. */
  hide(secret: string): void;
  /** Where the newest lines stand. */
  readonly path: string;
}

export interface FileLogOptions {
  /** A file longer than this is set aside, and a new one begun. */
  readonly bytesMax?: number;
  /** How many files there are at most, the one being written included. */
  readonly filesMax?: number;
}

const fileName = 'gerai.log';
/** The shortest text that can be hidden: a shorter one would blank out every other word. */
const hiddenLengthMin = 6;
let opened = 0;

/**
 * Opens the log in `directory`, which is made if it is not there. Each line is one JSON object:
 * `at` (Jakarta time, by the PC's clock), `level`, `what`, `facts`. A line is in the file when the
 * call returns, short of a power cut. A full disk loses lines and nothing else.
 */
export function fileLog(
  directory: string,
  clock: Pick<Clock, 'wall'>,
  { bytesMax = 5 * 1024 * 1024, filesMax = 5 }: FileLogOptions = {},
): FileLog {
  const path = join(directory, fileName);
  prepare(directory, path);
  const hidden: string[] = [];

  // An instance of its own: electron-log's default one is shared by everything in the process.
  opened += 1;
  const logger = electronLog.create({ logId: `gerai-${opened}` });
  logger.transports.console.level = false;
  if (logger.transports.ipc) logger.transports.ipc.level = false;
  if (logger.transports.remote) logger.transports.remote.level = false;
  const file = logger.transports.file;
  file.level = 'info';
  file.maxSize = bytesMax;
  // Else electron-log looks for a package.json above the working directory, and fails without one.
  file.setAppName('gerai');
  file.resolvePathFn = () => path;
  // The line is complete when it gets here: nothing may add to it, or read `%s` in it.
  file.transforms = [({ message }) => message.data[0]];
  file.archiveLogFn = (old) => {
    if (!shiftFiles(path, filesMax) && old.size > 2 * bytesMax) old.clear();
  };

  const write = (level: 'info' | 'warn' | 'error', what: string, facts: Facts): void => {
    try {
      const at = `${jakartaStamp(clock.wall()).replace(' ', 'T')}+07:00`;
      const line = { at, level, what: scrubText(what, hidden), facts: scrub(facts, hidden) };
      logger[level](JSON.stringify(line));
    } catch {
      // The log must never be what stops a payment.
    }
  };
  return {
    path,
    info: (what, facts = {}) => write('info', what, facts),
    warn: (what, facts = {}) => write('warn', what, facts),
    error: (what, facts = {}) => write('error', what, facts),
    hide(secret) {
      if (secret.length >= hiddenLengthMin) hidden.push(secret);
    },
  };
}

/** A folder for nobody else's eyes, and no link in the file's place: its target is not ours to write. */
function prepare(directory: string, path: string): void {
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch {
    // It is there, or cannot be made: then lines are lost, and nothing else.
  }
  try {
    if (lstatSync(path).isSymbolicLink()) rmSync(path);
  } catch {
    // No log yet.
  }
}

/**
 * `gerai.log` → `gerai.1.log` → … ; the oldest is overwritten. False if the newest could not be
 * moved (another program holds it open): it then grows on, within the limit of its caller.
 */
function shiftFiles(path: string, filesMax: number): boolean {
  const numbered = (n: number): string => (n === 0 ? path : path.replace(/\.log$/, `.${n}.log`));
  let moved = false;
  for (let n = filesMax - 2; n >= 0; n--) {
    try {
      renameSync(numbered(n), numbered(n + 1));
      moved = n === 0;
    } catch {
      // Not there yet, or held open.
    }
  }
  return moved;
}
