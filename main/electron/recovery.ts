import type { WebContents } from 'electron';
import { type Mono, mono } from '../../shared/time.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';

/** So many reloads at once within a minute; after that each waits. */
const quickMax = 3;
const quickWithinMs = 60_000;
const slowMs = 5_000;
/** How long a page may not answer before its process is ended and begun anew. */
const unresponsiveMs = 5_000;
/** Chromium's word for a load that was overtaken by another. */
const aborted = -3;

/**
 * Keeps a page on the screen. The payments are main's: a page that is loaded again asks for the view
 * and shows the same payment; only what was half typed is lost. Nobody is asked: a cashier could not
 * know the answer.
 * @param load loads the till's page; a failure is told by `did-fail-load`.
 */
export function recoverPage(
  contents: Pick<WebContents, 'forcefullyCrashRenderer' | 'isDestroyed' | 'on'>,
  { load, clock, log }: { load: () => void; clock: Clock; log: Log },
): void {
  const recent: Mono[] = [];
  let waiting = false;
  let giveUpWait: (() => void) | null = null;

  const reload = (): void => {
    if (waiting || contents.isDestroyed()) return;
    waiting = true;
    const now = clock.mono();
    while (recent[0] !== undefined && now - recent[0] >= quickWithinMs) recent.shift();
    recent.push(now);
    const pauseMs = recent.length > quickMax ? slowMs : 0;
    // Never within the event that told of the fault: Chromium is still tidying up.
    clock.at(mono(now + pauseMs), () => {
      waiting = false;
      if (!contents.isDestroyed()) load();
    });
  };

  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    log.error('the page’s process ended', { reason, exitCode });
    giveUpWait?.();
    reload();
  });
  contents.on('did-fail-load', (_event, code, description, _url, isMainFrame) => {
    if (!isMainFrame || code === aborted) return;
    log.error('the page could not be loaded', { code, description });
    reload();
  });
  contents.on('preload-error', (_event, _path, error) => {
    log.error('preload failed', { error });
  });
  contents.on('unresponsive', () => {
    log.warn('the page does not answer');
    giveUpWait?.();
    giveUpWait = clock.at(mono(clock.mono() + unresponsiveMs), () => {
      log.error('the page was ended and begun anew');
      if (!contents.isDestroyed()) contents.forcefullyCrashRenderer();
    });
  });
  contents.on('responsive', () => {
    log.info('the page answers again');
    giveUpWait?.();
  });
}
