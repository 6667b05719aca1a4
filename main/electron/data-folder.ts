import { posix, win32 } from 'node:path';

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Where a till keeps its books when nobody names a folder: the user's own application data, the same
 * for the desktop window and the browser host. On Windows the part that stays on this PC: a roaming
 * profile is copied from PC to PC, and books that are copied give numbers out twice (rule 5).
 */
export function defaultDataFolder({ platform, home, env }: Surroundings): string {
  if (platform === 'win32') {
    const own = absolute(env.LOCALAPPDATA, win32) ?? win32.join(home, 'AppData', 'Local');
    return win32.join(own, 'Gerai');
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Application Support', 'Gerai');
  const own = absolute(env.XDG_DATA_HOME, posix) ?? posix.join(home, '.local', 'share');
  return posix.join(own, 'gerai');
}

/** A path that is empty or not absolute would mean another folder with every start: it counts as none. */
function absolute(path: string | undefined, { isAbsolute }: typeof posix): string | null {
  return path !== undefined && isAbsolute(path) ? path : null;
}
