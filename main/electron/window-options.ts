import type { BrowserWindowConstructorOptions, WebPreferences } from 'electron';
import type { Placement } from './window-state.ts';

/**
 * SECURITY: a session of the window's own. Its name does not begin with `persist:`, so nothing of the
 * page (cache, cookies, storage) is kept on the disk, and its walls are not those of other sessions.
 */
export const tillPartition = 'till';

export interface WindowNeeds {
  /** The absolute path of preload.cjs. */
  readonly preload: string;
  readonly packaged: boolean;
  readonly placement: Placement;
}

/**
 * What the page's process may do. Each setting is written down even where it is Electron's default:
 * a default can change with a version, and a reviewer should not have to know it.
 */
export function webPreferences({ preload, packaged }: Omit<WindowNeeds, 'placement'>) {
  return {
    partition: tillPartition,
    preload,
    // SECURITY: the page's scripts and preload's live in worlds apart, so that a page that was taken
    // over cannot reach into preload and from there to Electron.
    contextIsolation: true,
    // SECURITY: the page's process has no rights of its own: no file, no socket, no other process.
    sandbox: true,
    // SECURITY: no Node in the page: a script that got in would else have the whole machine.
    nodeIntegration: false,
    // SECURITY: nor in its workers, …
    nodeIntegrationInWorker: false,
    // SECURITY: … nor in frames inside it.
    nodeIntegrationInSubFrames: false,
    // SECURITY: same-origin rules hold; without them any frame could read the till's page.
    webSecurity: true,
    // SECURITY: nothing unencrypted is mixed into the page.
    allowRunningInsecureContent: false,
    // SECURITY: unfinished features of Chromium have had less scrutiny than the rest.
    experimentalFeatures: false,
    // SECURITY: no feature is switched on by name; the same in other words.
    enableBlinkFeatures: '',
    // SECURITY: a webview would be a second browser inside the till.
    webviewTag: false,
    // SECURITY: no plugin runs.
    plugins: false,
    // SECURITY: a file dropped onto the till does not take the page's place.
    navigateOnDragDrop: false,
    // SECURITY: no alert, confirm or prompt: they stop the page, and could imitate the system's words.
    disableDialogs: true,
    // SECURITY: the page pastes when a person pastes, not when a script asks.
    enableDeprecatedPaste: false,
    // SECURITY: spell checking downloads dictionaries, and the page loads nothing (rule 26).
    spellcheck: false,
    // SECURITY: in a package nobody opens the developer's tools on a till: they could send any request.
    devTools: !packaged,
  } satisfies WebPreferences;
}

/**
 * The smallest window: what a screen of 1024 × 768 leaves beside a task bar. Inside its frame every
 * screen of the till still shows its buttons without scrolling (960 × 600 is the least the page lays
 * itself out for). A screen that is smaller yet gets a smaller window, whose page scrolls as a whole.
 */
export const smallest = { width: 1000, height: 680 } as const;

/** The one window of the till. It is shown when it has something to show, and put into kiosk mode then. */
export function windowOptions(needs: WindowNeeds): BrowserWindowConstructorOptions {
  const { bounds } = needs.placement;
  return {
    ...bounds,
    minWidth: Math.min(smallest.width, bounds.width),
    minHeight: Math.min(smallest.height, bounds.height),
    show: false,
    title: 'Gerai',
    autoHideMenuBar: true,
    backgroundColor: '#f6f7f9',
    webPreferences: webPreferences(needs),
  };
}
