import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** How long Electron's own downloader may take before the till goes on without. */
const fetchMsMax = 5000;
/** A failed try is remembered this long, so that not every start waits for it. */
const tryAgainAfterMs = 24 * 3_600_000;

export interface ElectronRuntime {
  readonly present: boolean;
  /** The end of a sentence: "Electron's runtime …". */
  readonly why: string;
}

interface Places {
  /** The project's folder. */
  readonly root: string;
  readonly nowMs: number;
  /** Runs the downloader; true when it said that all went well. */
  readonly fetch?: (script: string, limitMs: number) => Promise<boolean>;
}

/** What a person can do who wants the real window where it cannot be had as things are. */
export function electronRemedy({ present }: Pick<ElectronRuntime, 'present'>): string {
  if (present) {
    return 'What to do: run it where there is a screen, or under one that nobody sees:\n  xvfb-run npm run test:electron';
  }
  return [
    'What to do: fetch the runtime (about 120 MB, from github.com), then run this again:',
    '  node node_modules/electron/install.js',
    'Behind a proxy set ELECTRON_GET_USE_PROXY=1 and HTTPS_PROXY first; with a mirror of your own, ELECTRON_MIRROR.',
  ].join('\n');
}

/** Looks for Electron's runtime and, at most once a day, tries to fetch it. Never throws. */
export async function findElectron(places: Places): Promise<ElectronRuntime> {
  const folder = join(places.root, 'node_modules', 'electron');
  if (executableThere(folder)) return { present: true, why: 'is here' };
  const note = join(places.root, 'dist', 'electron-try.json');
  const lastTry = readNote(note);
  if (lastTry !== null && places.nowMs - lastTry < tryAgainAfterMs && lastTry <= places.nowMs) {
    return {
      present: false,
      why: 'is not here, and could not be fetched when it was last tried today',
    };
  }
  const fetch = places.fetch ?? runDownloader;
  const went = await fetch(join(folder, 'install.js'), fetchMsMax);
  if (went && executableThere(folder)) return { present: true, why: 'has just been fetched' };
  mkdirSync(dirname(note), { recursive: true });
  writeFileSync(note, JSON.stringify({ at: places.nowMs }));
  return { present: false, why: 'is not here and could not be fetched in a few seconds' };
}

/** Electron's program in the project at `root`, or null where the runtime is not. */
export function electronExecutable(root: string): string | null {
  return executableIn(join(root, 'node_modules', 'electron'));
}

function executableThere(folder: string): boolean {
  return executableIn(folder) !== null;
}

/** The same answer as requiring `electron`, which would start a download without a limit. */
function executableIn(folder: string): string | null {
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return null;
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(folder, 'dist');
  const program = join(dist, readFileSync(pathFile, 'utf8'));
  return existsSync(program) ? program : null;
}

function readNote(file: string): number | null {
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (typeof note !== 'object' || note === null || !('at' in note)) return null;
    return typeof note.at === 'number' ? note.at : null;
  } catch {
    return null;
  }
}

function runDownloader(script: string, limitMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [script], { stdio: 'ignore' });
  const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
  return new Promise((resolve) => {
    child.on('error', () => resolve(false));
    child.on('exit', (code) => {
      clearTimeout(limit);
      resolve(code === 0);
    });
  });
}
