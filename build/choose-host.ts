import type { ElectronRuntime } from './electron-runtime.ts';
import type { StartOptions } from './start-options.ts';

export interface Choice {
  readonly host: 'electron' | 'browser' | 'none';
  /** Which host, and why: printed as it is. */
  readonly line: string;
}

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The user's number; undefined where users have none. */
  readonly uid: number | undefined;
}

/**
 * Which host this start uses: the desktop window where Electron's runtime and a screen are, else the
 * browser host. The line says what was found.
 */
export async function chooseHost(
  { host, open, port }: Pick<StartOptions, 'host' | 'open' | 'port'>,
  findRuntime: () => Promise<ElectronRuntime>,
  surroundings: Surroundings,
): Promise<Choice> {
  if (host === 'browser') return { host: 'browser', line: 'Browser host, as asked for.' };
  if (host === 'auto' && (!open || port !== 0)) {
    const asked = [...(port === 0 ? [] : ['--port']), ...(open ? [] : ['--no-open'])];
    const line = `In the browser, as ${asked.join(' and ')} ${asked.length > 1 ? 'ask' : 'asks'} for.`;
    return { host: 'browser', line };
  }
  const found = await findRuntime();
  const missing = found.present ? noWindow(surroundings) : `Electron's runtime ${found.why}`;
  if (missing === null) {
    return { host: 'electron', line: `Desktop window: Electron's runtime ${found.why}.` };
  }
  if (host === 'auto') return { host: 'browser', line: `Browser host: ${missing}.` };
  return { host: 'none', line: `There is no desktop window: ${missing}. Use --host browser.` };
}

/** Why no window can be opened although the runtime is there; null when one can. */
export function noWindow({ platform, env, uid }: Surroundings): string | null {
  if (platform === 'win32' || platform === 'darwin') return null;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return 'there is no screen (DISPLAY is not set)';
  return uid === 0 ? 'Electron runs for every user but root' : null;
}
