import type { App, BrowserWindow, PowerMonitor } from 'electron';
import type { Log } from '../platform/log.ts';

export interface SystemEars {
  /** Rule 22: elapsed time is unknown after a sleep. */
  resumed(): void;
  /** The session ends and nothing can hold it up: what is not done when this returns is not done at all. */
  ends(why: string): void;
}

/** What the machine and its session go through: logged, and told to whom it concerns. */
export function hearSystem(
  powerMonitor: Pick<PowerMonitor, 'on'>,
  window: Pick<BrowserWindow, 'on'>,
  app: Pick<App, 'on'>,
  ears: SystemEars,
  log: Log,
): void {
  powerMonitor.on('suspend', () => log.info('the machine goes to sleep'));
  powerMonitor.on('resume', () => {
    log.info('the machine has woken');
    ears.resumed();
  });
  powerMonitor.on('lock-screen', () => log.info('the screen was locked'));
  powerMonitor.on('unlock-screen', () => log.info('the screen was unlocked'));
  // Linux and macOS. The shutdown is not held up for a payment, since a machine that will not go off is
  // switched off by its plug (rule 22 survives either).
  powerMonitor.on('shutdown', () => ears.ends('the machine shuts down'));
  // Windows asks first, and another program may still refuse: nothing is ended by the question.
  window.on('query-session-end', () => log.info('the session is about to end'));
  window.on('session-end', () => ears.ends('the session ends'));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) =>
    log.warn('a helper process ended', { type, reason, exitCode }),
  );
}
