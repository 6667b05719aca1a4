import type { CommandLine } from 'electron';

/** What the desktop till is started with: by a shortcut, by `npm start`, or by its own restart. */
export interface ShellArguments {
  /** The till's data folder; null asks for the user's own. */
  readonly data: string | null;
  /** Null: as it was last time. */
  readonly kiosk: boolean | null;
  readonly beginNewDatabase: boolean;
  /** The run before ended by a fault in the program, and started this one. */
  readonly afterFault: boolean;
}

export const afterFaultSwitch = '--after-fault';

/** Reads our own switches; Chromium's and the system's are left alone. */
export function parseShellArguments(argv: readonly string[]): ShellArguments {
  const data = argv.find((word) => word.startsWith('--data='))?.slice('--data='.length);
  return {
    data: data === undefined || data === '' ? null : data,
    kiosk: argv.includes('--kiosk') ? true : argv.includes('--no-kiosk') ? false : null,
    beginNewDatabase: argv.includes('--begin-new-database'),
    afterFault: argv.includes(afterFaultSwitch),
  };
}

/** Switches of Chromium's that would let others look into the page, or take its walls away. */
const opening = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-debugging-address',
  'remote-allow-origins',
  'inspect',
  'inspect-brk',
  'no-sandbox',
  'disable-web-security',
  'disable-site-isolation-trials',
  'allow-running-insecure-content',
  'ignore-certificate-errors',
  'load-extension',
  'js-flags',
  'log-net-log',
] as const;

/**
 * SECURITY: a package refuses to run with one of these switches, since whoever edits a shortcut could
 * else watch or steer the page. Fuses cover Node's own; these are Chromium's.
 */
export function openingSwitch(commandLine: Pick<CommandLine, 'hasSwitch'>): string | null {
  return opening.find((name) => commandLine.hasSwitch(name)) ?? null;
}
