import { mono } from '../../shared/time.ts';
import type { Clock } from '../platform/clock.ts';
import type { Log } from '../platform/log.ts';
import type { ShellWindow } from './parts.ts';
import type { WindowMemory } from './state-file.ts';
import type { Placement } from './window-state.ts';

/**
 * Some systems let a hidden window paint nothing, so that it never says it is ready (Wayland): after
 * this it is shown as it is.
 */
const paintMsMax = 10_000;

export interface TillWindowNeeds {
  readonly clock: Pick<Clock, 'at' | 'mono'>;
  readonly log: Pick<Log, 'warn'>;
  readonly memory: Pick<WindowMemory, 'write'> | null;
  readonly placement: Pick<Placement, 'kiosk' | 'maximized'>;
  /** Sets the menu that goes with kiosk mode or without. */
  setMenu(kiosk: boolean): void;
  /** The window can be seen for the first time. */
  shown(): void;
}

/** The till's window once it is made: when it is seen, where it is, and what is remembered of it. */
export class TillWindow {
  private readonly window: ShellWindow;
  private readonly needs: TillWindowNeeds;
  private seen = false;

  constructor(window: ShellWindow, needs: TillWindowNeeds) {
    this.window = window;
    this.needs = needs;
    const { clock, log } = needs;
    needs.setMenu(needs.placement.kiosk);
    const callOff = clock.at(mono(clock.mono() + paintMsMax), () => {
      log.warn('the page has painted nothing yet; its window is shown as it is');
      this.show();
    });
    window.once('ready-to-show', () => {
      callOff();
      this.show();
    });
  }

  /** The window, unless it is gone: whatever is asked of one that is gone throws. */
  live(): ShellWindow | null {
    return this.window.isDestroyed() ? null : this.window;
  }

  /** Brings it to the front, and into or out of kiosk mode where that was asked for. */
  toFront(kiosk: boolean | null): void {
    const window = this.live();
    if (window === null) return;
    this.show();
    if (kiosk !== null) this.setKiosk(kiosk);
    if (window.isMinimized()) window.restore();
    window.show();
    window.moveTop();
    window.focus();
  }

  /** Keeps where it is for the next start; of one that nobody has seen there is nothing to keep. */
  remember(): void {
    const window = this.live();
    if (window === null || !this.seen) return;
    this.needs.memory?.write({
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      kiosk: window.isKiosk(),
    });
  }

  private show(): void {
    const window = this.live();
    if (window === null || this.seen) return;
    this.seen = true;
    const { maximized, kiosk } = this.needs.placement;
    if (maximized && !kiosk) window.maximize();
    window.show();
    // Only now: a hidden window that is put into kiosk mode is shown unpainted, or never says that it
    // is ready.
    if (kiosk) this.setKiosk(true);
    this.needs.shown();
  }

  private setKiosk(kiosk: boolean): void {
    this.window.setKiosk(kiosk);
    this.needs.setMenu(kiosk);
  }
}
