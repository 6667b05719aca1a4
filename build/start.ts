import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultDataFolder } from '../main/electron/data-folder.ts';
import { runBrowserHost } from './browser-host/run.ts';
import { buildIfNeeded } from './build.ts';
import { chooseHost } from './choose-host.ts';
import { electronExecutable, findElectron } from './electron-runtime.ts';
import { runElectron } from './run-electron.ts';
import { parseStart, type StartOptions, startHelp } from './start-options.ts';

/** `npm start`: builds what has changed, chooses the host, and opens the till in it. */

const root = fileURLToPath(new URL('..', import.meta.url));

async function main(): Promise<number | null> {
  const parsed = parseStart(process.argv.slice(2), process.env);
  if (parsed.kind === 'help') {
    console.log(startHelp);
    return 0;
  }
  if (parsed.kind === 'refused') {
    console.error(parsed.why);
    return 2;
  }
  const { options } = parsed;
  const choice = await chooseHost(options, () => findElectron({ root, nowMs: Date.now() }), {
    platform: process.platform,
    env: process.env,
    uid: process.getuid?.(),
  });
  if (choice.host === 'none') {
    console.error(choice.line);
    return 2;
  }
  if (!existsSync(join(root, 'dist', 'stamp'))) console.log('building (a few seconds)…');
  try {
    await buildIfNeeded();
  } catch (error) {
    console.error(`The till could not be built: ${error instanceof Error ? error.message : error}`);
    return 1;
  }
  console.log(choice.line);
  const dataDirectory = dataFolder(options);
  const { beginNewDatabase } = options;
  const executable = choice.host === 'electron' ? electronExecutable(root) : null;
  if (executable !== null) {
    return runElectron({ executable, root, dataDirectory, beginNewDatabase, env: process.env });
  }
  return runBrowserHost({
    root,
    dataDirectory,
    port: options.port,
    open: options.open,
    beginNewDatabase,
    version: versionOf(root),
    env: process.env,
  });
}

function dataFolder(options: StartOptions): string {
  // npm runs this in the project's folder; INIT_CWD is where the person typed a relative one.
  if (options.data !== null) return resolve(process.env.INIT_CWD ?? '.', options.data);
  return defaultDataFolder({ platform: process.platform, home: homedir(), env: process.env });
}

function versionOf(folder: string): string {
  const text: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (typeof text !== 'object' || text === null || !('version' in text)) return 'unknown';
  return String(text.version);
}

const code = await main();
// Null: the till runs until it is closed.
if (code !== null) process.exit(code);
