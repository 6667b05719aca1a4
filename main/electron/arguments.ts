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

/**
 * The switches that a package may be started with. What Electron adds to Chromium's own list inside
 * the process (`enable-crashpad`, `allow-file-access-from-files`, `enable-avfoundation`, feature lists)
 * is not among a program's arguments, nor among those of its restart, and needs no place here.
 */
const allowed: ReadonlySet<string> = new Set([
  'data',
  'kiosk',
  'no-kiosk',
  'begin-new-database',
  'after-fault',
  // The installer for Windows passes it on when it starts a program that it has just renewed.
  'updated',
  // Chromium's, for an old or unusual PC: language, size, drawing. None of them opens anything.
  'lang',
  'force-device-scale-factor',
  'disable-gpu',
  'ozone-platform',
]);

/** Older versions of macOS number each program that they start. */
const macNumber = /^-psn_\d+_\d+$/;

/**
 * What can be switched on without an argument: `ELECTRON_DISABLE_SANDBOX` in the environment makes
 * Electron add `no-sandbox` itself. The others stand here in case an argument was read in another way.
 */
const neverOn = [
  'no-sandbox',
  'disable-web-security',
  'remote-debugging-port',
  'remote-debugging-pipe',
  'ignore-certificate-errors',
  'load-extension',
  'renderer-cmd-prefix',
  'utility-cmd-prefix',
  'gpu-launcher',
  'js-flags',
  'host-rules',
  'host-resolver-rules',
  'log-net-log',
  'single-process',
] as const;

/**
 * SECURITY: a package refuses to run with a switch that it does not know, since whoever edits a shortcut
 * could else watch or steer the page: Chromium has more than a thousand, and new ones with each
 * version. Fuses cover Node's own.
 * @param argv the whole of it, the program itself first.
 * @returns the name of the first such switch, without its dashes; null if there is none.
 */
export function strangeSwitch(
  argv: readonly string[],
  platform: NodeJS.Platform,
  commandLine: Pick<CommandLine, 'hasSwitch'>,
): string | null {
  for (const word of argv.slice(1)) {
    const name = switchName(word, platform);
    if (name === null) continue;
    // What Chromium would read as a switch and we would not is nobody's slip.
    if (allowed.has(name) && !space.test(word)) continue;
    if (platform === 'darwin' && macNumber.test(word)) continue;
    return name.slice(0, 60);
  }
  return neverOn.find((name) => commandLine.hasSwitch(name)) ?? null;
}

/** Chromium takes off white space before it looks for a switch, on Windows more of it than `trim` does. */
const space = /^[\s\u0085\u180e]+/;

/** Chromium takes one dash for two, and on Windows a slash as well. Null for a word that is no switch. */
function switchName(given: string, platform: NodeJS.Platform): string | null {
  const word = given.replace(space, '');
  const prefix = platform === 'win32' ? /^(--|-|\/)/ : /^--?/;
  return prefix.test(word) ? word.replace(prefix, '').replace(/=.*$/s, '') : null;
}
