import type { ElectronRuntime } from './electron-runtime.ts';
import type { StartOptions } from './start-options.ts';

export interface Choice {
  readonly host: 'browser' | 'none';
  /** Which host, and why: printed as it is. */
  readonly line: string;
}

/**
 * Which host this start uses. Until the desktop window exists it is always the browser host, and
 * `--host electron` is refused; the runtime is looked for already, and the line says what was found.
 */
export async function chooseHost(
  asked: StartOptions['host'],
  findRuntime: () => Promise<ElectronRuntime>,
): Promise<Choice> {
  if (asked === 'browser') return { host: 'browser', line: 'Browser host, as asked for.' };
  const found = await findRuntime();
  const runtime = `Electron's runtime ${found.why}`;
  if (asked === 'electron') {
    const line = `The desktop window comes with the next version (${runtime}). Use --host browser.`;
    return { host: 'none', line };
  }
  const line = found.present
    ? `Browser host: ${runtime}, and the desktop window comes with the next version.`
    : `Browser host: ${runtime}.`;
  return { host: 'browser', line };
}
