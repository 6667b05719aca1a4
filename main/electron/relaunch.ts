import { dirname, isAbsolute } from 'node:path';
import type { RelaunchOptions } from 'electron';
import { afterFaultSwitch } from './arguments.ts';

/** What this run was started as. */
export interface ThisRun {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly execPath: string;
}

/** How a package starts itself once more after a fault. */
export function relaunchAfterFault(run: ThisRun): RelaunchOptions {
  // A person's word to begin with empty books was for one start, not for those after a fault.
  const once = [afterFaultSwitch, '--begin-new-database'];
  const args = run.argv.slice(1).filter((word) => !once.includes(word));
  const execPath = appImage(run);
  return { args: [...args, afterFaultSwitch], ...(execPath === null ? {} : { execPath }) };
}

/**
 * The AppImage's own file: its program lies in a mount that goes away with this process.
 *
 * SECURITY: the variable alone says nothing, since anyone's AppImage leaves it to the programs started
 * from within, and this till would be started anew as another program. It counts only where this very
 * program lies at the top of the mount that came with it.
 */
function appImage({ env, execPath }: ThisRun): string | null {
  const { APPDIR: mount, APPIMAGE: file } = env;
  if (!mount || !file || !isAbsolute(mount) || !isAbsolute(file)) return null;
  return dirname(execPath) === mount.replace(/\/+$/, '') ? file : null;
}
