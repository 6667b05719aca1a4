import type {
  BrowserWindowConstructorOptions,
  CustomScheme,
  MenuItemConstructorOptions,
  MessageBoxOptions,
  Rectangle,
  WebContents,
  WebFrameMain,
} from 'electron';
import type {
  Electron,
  ShellApp,
  ShellContents,
  ShellSession,
  ShellWindow,
} from '../../main/electron/parts.ts';

/**
 * Electron as the shell sees it, typed by Electron's own declarations, recorded and played by hand:
 * what the shell sets is kept, what Electron would report is emitted by the test.
 */

type Listener = (...args: never[]) => unknown;

/** The listeners of one object, by event. */
class Events {
  readonly #listeners = new Map<string, Listener[]>();

  /**
   * Fits each of Electron's overloads of `on`. They return their object, which the shell never uses:
   * `never` says so to the compiler.
   */
  readonly on = (event: string, listener: Listener): never => {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return undefined as never;
  };

  readonly once = (event: string, listener: Listener): never => {
    const heard: Listener = (...args) => {
      this.#listeners.set(
        event,
        (this.#listeners.get(event) ?? []).filter((it) => it !== heard),
      );
      return listener(...args);
    };
    return this.on(event, heard);
  };

  has(event: string): boolean {
    return this.#listeners.has(event);
  }

  /** Calls the listeners as Electron would. */
  emit(event: string, ...args: readonly unknown[]): void {
    for (const listener of this.#listeners.get(event) ?? []) listener(...(args as never[]));
  }
}

/** An event that can be prevented, and whether it was. */
export class FakeEvent {
  readonly url: string;
  defaultPrevented = false;

  constructor(url = '') {
    this.url = url;
  }

  readonly preventDefault = (): void => {
    this.defaultPrevented = true;
  };
}

type Argument<F extends (...args: never[]) => unknown> = NonNullable<Parameters<F>[0]>;
type BeforeRequest = (
  details: { readonly url: string },
  answer: (response: { cancel?: boolean }) => void,
) => void;

export class FakeSession {
  readonly events = new Events();
  permissionRequest: Argument<ShellSession['setPermissionRequestHandler']> | null = null;
  permissionCheck: Argument<ShellSession['setPermissionCheckHandler']> | null = null;
  devicePermission: Argument<ShellSession['setDevicePermissionHandler']> | null = null;
  displayMedia: Argument<ShellSession['setDisplayMediaRequestHandler']> | null = null;
  spellChecker: boolean | null = null;
  proxy: Argument<ShellSession['setProxy']> | null = null;
  beforeRequest: BeforeRequest | null = null;
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>();

  readonly electron: ShellSession = {
    on: this.events.on,
    setPermissionRequestHandler: (handler) => {
      this.permissionRequest = handler;
    },
    setPermissionCheckHandler: (handler) => {
      this.permissionCheck = handler;
    },
    setDevicePermissionHandler: (handler) => {
      this.devicePermission = handler;
    },
    setDisplayMediaRequestHandler: (handler) => {
      this.displayMedia = handler;
    },
    setSpellCheckerEnabled: (enable) => {
      this.spellChecker = enable;
    },
    setProxy: async (config) => {
      this.proxy = config;
    },
    webRequest: {
      onBeforeRequest: (...args: readonly unknown[]) => {
        this.beforeRequest = args.at(-1) as BeforeRequest;
      },
    },
    protocol: {
      handle: (scheme, handler) => {
        this.schemes.set(scheme, async (request) => handler(request));
      },
    },
  };

  /** Whether a request of the page would be cancelled. */
  cancels(url: string): boolean | undefined {
    let verdict: boolean | undefined;
    this.beforeRequest?.({ url }, ({ cancel }) => {
      verdict = cancel;
    });
    return verdict;
  }
}

/** What the shell looks at to know who sent a message. */
type SenderFrame = Pick<WebFrameMain, 'detached' | 'origin' | 'parent' | 'url'>;

export class FakeContents {
  readonly events = new Events();
  readonly sent: (readonly [channel: string, message: unknown])[] = [];
  windowOpen: Argument<ShellContents['setWindowOpenHandler']> | null = null;
  webRtc: string | null = null;
  crashed = false;
  destroyed = false;
  forcedCrashes = 0;
  /** The top frame. */
  frame: SenderFrame = {
    detached: false,
    origin: 'gerai://till',
    parent: null,
    url: 'gerai://till/index.html',
  };

  readonly electron: ShellContents;

  constructor() {
    this.electron = {
      on: this.events.on,
      setWindowOpenHandler: (handler) => {
        this.windowOpen = handler;
      },
      setWebRTCIPHandlingPolicy: (policy) => {
        this.webRtc = policy;
      },
      send: (channel, message) => {
        this.sent.push([channel, message]);
      },
      isCrashed: () => this.crashed,
      isDestroyed: () => this.destroyed,
      forcefullyCrashRenderer: () => {
        this.forcedCrashes += 1;
      },
    };
  }

  /** What becomes of `window.open(url)`. */
  opens(url: string): string | undefined {
    const details = { url, disposition: 'new-window', features: '', frameName: '' } as const;
    return this.windowOpen?.({ ...details, referrer: { policy: 'no-referrer', url: '' } }).action;
  }
}

export class FakeWindow {
  readonly events = new Events();
  readonly contents = new FakeContents();
  readonly loaded: string[] = [];
  /** What was done to the window, in order. */
  readonly done: string[] = [];
  bounds: Rectangle = { x: 10, y: 20, width: 1366, height: 768 };
  minimized = false;
  maximized = false;
  kiosk: boolean;
  destroyed = false;

  readonly electron: ShellWindow;

  constructor({ kiosk }: BrowserWindowConstructorOptions) {
    this.kiosk = kiosk === true;
    const { contents } = this;
    /** As in Electron: whatever is asked of a window that is gone throws. */
    const still = <T>(answer: T): T => {
      if (this.destroyed) throw new TypeError('Object has been destroyed');
      return answer;
    };
    const note = (what: string) => () => {
      still(this.done.push(what));
    };
    this.electron = {
      on: this.events.on,
      once: this.events.once,
      get webContents() {
        return still(contents.electron);
      },
      loadURL: async (url) => {
        still(this.loaded.push(url));
      },
      show: note('show'),
      focus: note('focus'),
      moveTop: note('moveTop'),
      restore: note('restore'),
      maximize: note('maximize'),
      setKiosk: (kiosk) => {
        still(this.done.push(`setKiosk ${kiosk}`));
        this.kiosk = kiosk;
      },
      getNormalBounds: () => still(this.bounds),
      isDestroyed: () => this.destroyed,
      isKiosk: () => still(this.kiosk),
      isMaximized: () => still(this.maximized),
      isMinimized: () => still(this.minimized),
    };
  }

  /** The window is gone, and its page with it. */
  destroy(): void {
    this.destroyed = true;
    this.contents.destroyed = true;
  }

  /** A person closes the window; true if it closed. */
  close(): boolean {
    const event = new FakeEvent();
    this.events.emit('close', event);
    return !event.defaultPrevented;
  }
}

export interface FakeElectronOptions {
  readonly appPath: string;
  readonly packaged?: boolean;
  readonly switches?: readonly string[];
  /** False: another run has this data folder's window. */
  readonly firstInstance?: boolean;
  /** The system's language. */
  readonly locale?: string;
}

export class FakeElectron {
  readonly appEvents = new Events();
  readonly power = new Events();
  readonly session = new FakeSession();
  /** What was done to the program, in order: `exit 0`, `setPath userData …`. */
  readonly done: string[] = [];
  readonly errorBoxes: string[] = [];
  readonly boxes: MessageBoxOptions[] = [];
  readonly opened: string[] = [];
  readonly relaunched: unknown[] = [];
  schemes: readonly CustomScheme[] = [];
  menu: readonly MenuItemConstructorOptions[] | null = [];
  windowOptions: BrowserWindowConstructorOptions | null = null;
  window: FakeWindow | null = null;
  /** The button that the next boxes are answered with; null for a box that cannot be shown. */
  choice: number | null = 0;
  requestHandler: Parameters<Electron['ipcMain']['handle']>[1] | null = null;
  readonly ready = Promise.withResolvers<void>();
  readonly exited = Promise.withResolvers<number>();

  readonly electron: Electron;

  constructor(options: FakeElectronOptions) {
    const packaged = options.packaged === true;
    const app: ShellApp = {
      on: this.appEvents.on,
      isPackaged: packaged,
      commandLine: { hasSwitch: (name) => options.switches?.includes(name) === true },
      enableSandbox: () => this.note('enableSandbox'),
      exit: (code) => {
        this.note(`exit ${code ?? 0}`);
        this.exited.resolve(code ?? 0);
      },
      getAppPath: () => options.appPath,
      getPreferredSystemLanguages: () => [options.locale ?? 'en-US'],
      getVersion: () => '0.1.0',
      relaunch: (how) => {
        this.relaunched.push(how);
      },
      requestSingleInstanceLock: () => {
        this.note('requestSingleInstanceLock');
        return options.firstInstance !== false;
      },
      setAppUserModelId: (id) => this.note(`setAppUserModelId ${id}`),
      setPath: (name, path) => this.note(`setPath ${name} ${path}`),
      whenReady: async () => {
        this.note('whenReady');
        await this.ready.promise;
      },
    };
    this.electron = {
      app,
      dialog: { showErrorBox: (_title, text) => void this.errorBoxes.push(text) },
      ipcMain: {
        handle: (channel, listener) => {
          this.note(`handle ${channel}`);
          this.requestHandler = listener;
        },
      },
      powerMonitor: { on: this.power.on },
      protocol: {
        registerSchemesAsPrivileged: (schemes) => {
          this.note('registerSchemesAsPrivileged');
          this.schemes = schemes;
        },
      },
      shell: {
        openExternal: async (url) => {
          this.opened.push(url);
        },
      },
      createWindow: (windowOptions) => {
        this.windowOptions = windowOptions;
        this.window = new FakeWindow(windowOptions);
        this.appEvents.emit('web-contents-created', {}, this.window.contents.electron);
        return this.window.electron;
      },
      tillSession: () => this.session.electron,
      systemSession: () => ({ resolveProxy: async () => 'DIRECT' }),
      workAreas: () => [{ x: 0, y: 0, width: 1920, height: 1040 }],
      setMenu: (template) => {
        this.menu = template;
      },
      ask: async (box) => {
        this.boxes.push(box);
        if (this.choice === null) throw new Error('no box can be shown');
        return this.choice;
      },
    };
  }

  /** A request as the page's preload sends it; from the window's top frame unless said otherwise. */
  async invoke(message: unknown, from: Partial<{ sender: unknown; senderFrame: unknown }> = {}) {
    const contents = this.window?.contents;
    const event = {
      sender: contents?.electron as unknown as WebContents,
      senderFrame: contents?.frame ?? null,
      ...from,
    };
    return this.requestHandler?.(event as Parameters<typeof this.requestHandler>[0], message);
  }

  private note(what: string): void {
    this.done.push(what);
  }
}
