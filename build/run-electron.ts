import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';

export interface ElectronRun {
  /** Electron's own program. */
  readonly executable: string;
  /** The project's folder: its package.json names what to run. */
  readonly root: string;
  readonly dataDirectory: string;
  readonly beginNewDatabase: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs the till in Electron's window until it is closed. Resolves to its exit code.
 *
 * The app key goes over the channel between the two processes and not by the environment, which
 * Electron would copy to the page's process.
 */
export function runElectron(run: ElectronRun): Promise<number> {
  const { GERAI_APP_KEY } = run.env;
  const args = [run.root, `--data=${run.dataDirectory}`];
  if (run.beginNewDatabase) args.push('--begin-new-database');
  const child = spawn(run.executable, args, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: environment(run.env),
  });
  child.send({ appKey: GERAI_APP_KEY ?? null }, () => undefined);
  passOn(child);
  return new Promise((resolve) => {
    child.on('error', (error) => {
      console.error(`Electron could not be started: ${error.message}`);
      resolve(1);
    });
    child.on('exit', (code, signal) =>
      resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])),
    );
  });
}

/**
 * The window's environment. Windows takes a name in any case for the same. `ELECTRON_RUN_AS_NODE`, which
 * a terminal inside another Electron program may hand on, would open no window.
 */
function environment(own: ElectronRun['env']): NodeJS.ProcessEnv {
  const kept = ([name]: [string, unknown]) =>
    !['GERAI_APP_KEY', 'ELECTRON_RUN_AS_NODE'].includes(name.toUpperCase());
  return Object.fromEntries(Object.entries(own).filter(kept));
}

/** What ends this process ends the till, which then closes in good order. */
function passOn(child: ChildProcess): void {
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) {
    // A terminal gives its Ctrl-C to both of us; a second one from here would be one too many.
    process.on(signal, () => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal));
  }
  if (process.connected) process.on('disconnect', () => child.kill('SIGTERM'));
}
