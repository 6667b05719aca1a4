import { join } from 'node:path';

interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Where a till keeps its books when nobody names a folder: the user's own application data. */
export function defaultDataFolder({ platform, home, env }: Surroundings): string {
  if (platform === 'win32') return join(env.APPDATA ?? join(home, 'AppData', 'Roaming'), 'Gerai');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Gerai');
  const shared = env.XDG_DATA_HOME;
  // The XDG rules say that a path which is not absolute is to be ignored.
  return join(shared?.startsWith('/') ? shared : join(home, '.local', 'share'), 'gerai');
}
