import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { startTill, Till } from '../../main/till.ts';
import { openBrowser } from '../open-browser.ts';
import { answerAtFront, askToFront } from './front.ts';
import { type BrowserHost, createBrowserHost } from './server.ts';
import { Session } from './session.ts';

/** What dist/main/till.js exports: main's entry, built. */
interface TillModule {
  readonly startTill: typeof startTill;
}

export interface RunOptions {
  /** The project's folder; what is run stands below it in dist/. */
  readonly root: string;
  readonly dataDirectory: string;
  /** 0: the port of the last run if it is free, otherwise any. */
  readonly port: number;
  readonly open: boolean;
  readonly beginNewDatabase: boolean;
  readonly version: string;
  /** The process's own, not a copy: main takes the app key out of it. */
  readonly env: Record<string, string | undefined>;
}

const alreadyRunningCode = 3;
const closeMsMax = 8000;

/**
 * Runs the till in this process and serves it to a browser. Null while it runs, otherwise the exit
 * code: 1 when it could not start, 3 when it runs already and was brought to the front (rule 24).
 */
export async function runBrowserHost(options: RunOptions): Promise<number | null> {
  const built = await loadTill(options.root);
  const session = new Session(join(options.dataDirectory, 'browser-host.json'));
  const show = options.open ? openBrowser : () => undefined;
  const host = createBrowserHost({
    dist: join(options.root, 'dist'),
    session,
    show,
    nowMs: () => performance.now(),
  });
  let till: Till;
  try {
    till = await built.startTill({
      host,
      dataDirectory: options.dataDirectory,
      beginNewDatabase: options.beginNewDatabase,
      version: options.version,
      env: options.env,
    });
  } catch (error) {
    await host.close();
    return couldNotStart(error, options.dataDirectory);
  }
  // Only now: the lock is held, so neither the port nor the session file is another till's.
  const port = await listen(host, options.port, session.lastPort);
  if (port === null) {
    console.error(`Port ${options.port} is in use by another program: choose one with --port.`);
    await till.close();
    await host.close();
    return 1;
  }
  const front = await answerAtFront(options.dataDirectory, () => {
    const address = host.bringToFront();
    console.log(`A second start was brought here. This opens the till once more: ${address}`);
    return address;
  });
  closeWhenAsked(async () => {
    front?.close();
    await host.close();
    await till.close();
  });
  const address = host.freshAddress();
  console.log(`Gerai is running: ${address}`);
  if (till.phoneUrl !== null) console.log(`The customer's phone (training): ${till.phoneUrl}`);
  console.log(`Ctrl-C closes it. (Process ${process.pid}, data in ${options.dataDirectory})`);
  show(address);
  return null;
}

async function loadTill(root: string): Promise<TillModule> {
  const entry = pathToFileURL(join(root, 'dist', 'main', 'till.js')).href;
  const loaded: TillModule = await import(entry);
  return loaded;
}

/** The asked-for port, or the last one, or any. Null when the asked-for one is taken. */
async function listen(host: BrowserHost, asked: number, last: number): Promise<number | null> {
  for (const port of asked !== 0 ? [asked] : last !== 0 ? [last, 0] : [0]) {
    try {
      return await host.listen(port);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : null;
      if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    }
  }
  return null;
}

/** Main's errors are sentences for people: they are printed alone. */
async function couldNotStart(error: unknown, dataDirectory: string): Promise<number> {
  if (!(error instanceof Error)) throw error;
  if (error.name !== 'AlreadyRunning') {
    console.error(error.message);
    return 1;
  }
  const answer = await askToFront(dataDirectory);
  console.error(
    answer === null
      ? 'The till is already running with this data folder. Close it first, or use its window.'
      : `The till is already running with this data folder. It is here: ${answer}`,
  );
  return alreadyRunningCode;
}

/** A signal, or the end of the process that started this one, closes the till in good order. */
function closeWhenAsked(close: () => Promise<void>): void {
  let closing = false;
  const end = () => {
    if (closing) return;
    closing = true;
    // Whatever hangs, a person who asked is not kept waiting: a kill is survived (rule 22).
    setTimeout(() => process.exit(0), closeMsMax).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error instanceof Error ? error.message : error);
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (process.connected) process.on('disconnect', end);
}
