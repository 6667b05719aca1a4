import type {
  App,
  BrowserWindow,
  BrowserWindowConstructorOptions,
  CommandLine,
  Dialog,
  IpcMain,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  PowerMonitor,
  Protocol,
  Rectangle,
  Session,
  Shell,
  WebContents,
} from 'electron';
import type { Clock } from '../platform/clock.ts';
import type { startTill } from '../till.ts';
import type { GuardedContents, GuardedSession } from './security.ts';

export type ShellApp = Pick<
  App,
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getPreferredSystemLanguages'
  | 'getVersion'
  | 'isPackaged'
  | 'on'
  | 'relaunch'
  | 'requestSingleInstanceLock'
  | 'setAppUserModelId'
  | 'setPath'
  | 'whenReady'
> & { readonly commandLine: Pick<CommandLine, 'hasSwitch'> };

export type ShellContents = GuardedContents &
  Pick<WebContents, 'forcefullyCrashRenderer' | 'isCrashed' | 'isDestroyed' | 'on' | 'send'>;

export type ShellWindow = Pick<
  BrowserWindow,
  | 'focus'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'isKiosk'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'moveTop'
  | 'on'
  | 'once'
  | 'restore'
  | 'setKiosk'
  | 'show'
> & { readonly webContents: ShellContents };

export type ShellSession = GuardedSession & { readonly protocol: Pick<Protocol, 'handle'> };

/** As much of Electron as the shell uses, so that tests can bring a recorded one. */
export interface Electron {
  readonly app: ShellApp;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
  readonly protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>;
  readonly shell: Pick<Shell, 'openExternal'>;
  createWindow(options: BrowserWindowConstructorOptions): ShellWindow;
  /** The session that the window runs in. */
  tillSession(): ShellSession;
  /** One that keeps the system's proxy setting. */
  systemSession(): Pick<Session, 'resolveProxy'>;
  /** The screens without their bars, the primary first. */
  workAreas(): readonly Rectangle[];
  /** Null: none. */
  setMenu(template: MenuItemConstructorOptions[] | null): void;
  /** A box over the till's window; resolves to the number of the button. */
  ask(box: MessageBoxOptions): Promise<number>;
}

/** What of the process around it the shell uses. */
export interface ShellWorld {
  readonly argv: readonly string[];
  readonly env: Record<string, string | undefined>;
  readonly platform: NodeJS.Platform;
  /** This program's own file. */
  readonly execPath: string;
  /** A signal or, outside a package, the end of the process that started this one; with its name. */
  onEndAsked(heard: (why: string) => void): void;
  /** What nobody has caught. */
  onFault(heard: (kind: 'exception' | 'rejection', error: unknown) => void): void;
  readonly home: string;
  readonly clock: Clock;
  readonly start: typeof startTill;
  /** Says a sentence where the program was started from. */
  say(sentence: string): void;
  /** The app key, from whoever started this process; never by an environment variable. */
  appKey(): Promise<string | undefined>;
}
