import { join, resolve } from 'node:path';
import { mono } from '../../shared/time.ts';
import type { Log } from '../platform/log.ts';
import type { Till } from '../till.ts';
import {
  afterFaultSwitch,
  openingSwitch,
  parseShellArguments,
  type ShellArguments,
} from './arguments.ts';
import { CloseDesk } from './close-desk.ts';
import { defaultDataFolder } from './data-folder.ts';
import { Faults } from './faults.ts';
import { electronHost } from './ipc-door.ts';
import { menuTemplate } from './menu.ts';
import { readPageFiles } from './page-files.ts';
import type { Electron, ShellWindow, ShellWorld } from './parts.ts';
import { pageAnswers, pageUrl, scheme, schemePrivileges } from './protocol.ts';
import { recoverPage } from './recovery.ts';
import { type GuardedContents, guardApp, guardContents, guardSession } from './security.ts';
import { type WindowMemory, windowFolder, windowMemory } from './state-file.ts';
import { hearSystem } from './system-events.ts';
import { windowOptions } from './window-options.ts';
import { placeWindow } from './window-state.ts';
import { type Language, languageOfLocale, type ShellWord, shellWords } from './words.ts';

/** The till did not start; exit codes are those of the browser host. */
const exitCodes = { closed: 0, failed: 1, refused: 2, alreadyRunning: 3 } as const;
/** Whatever hangs, a person who asked is not kept waiting: a kill is survived (rule 22). */
const closeMsMax = 8_000;

/**
 * Runs the till in Electron. Everything up to the first `await` has to happen before Electron is
 * ready; so the entry calls this at once.
 */
export async function runShell(electron: Electron, world: ShellWorld): Promise<void> {
  const desktop = new Desktop(electron, world);
  if (desktop.prepare()) await desktop.open();
}

class Desktop {
  private readonly electron: Electron;
  private readonly world: ShellWorld;
  private readonly options: ShellArguments;
  private readonly dataDirectory: string;
  private readonly log: Log;
  private till: Till | null = null;
  private window: ShellWindow | null = null;
  private memory: WindowMemory | null = null;
  private closeDesk: CloseDesk | null = null;

  constructor(electron: Electron, world: ShellWorld) {
    this.electron = electron;
    this.world = world;
    const { argv, env, platform } = world;
    this.options = parseShellArguments(argv);
    this.dataDirectory = resolve(
      this.options.data ?? defaultDataFolder({ platform, home: world.home, env }),
    );
    this.log = {
      info: (what, facts) => this.till?.log.info(what, facts),
      warn: (what, facts) => this.till?.log.warn(what, facts),
      error: (what, facts) => this.till?.log.error(what, facts),
    };
  }

  /** What has to be settled before Electron is ready. False if this run ends here. */
  prepare(): boolean {
    const { app, protocol } = this.electron;
    const opening = app.isPackaged ? openingSwitch(app.commandLine) : null;
    if (opening !== null) return this.giveUp('start.switch', { name: opening }, exitCodes.refused);
    this.mindFaults();
    // SECURITY: every page's process is sandboxed, even one that asks otherwise.
    app.enableSandbox();
    protocol.registerSchemesAsPrivileged([schemePrivileges]);
    guardApp(app, (contents) => this.guard(contents), this.log);
    if (this.world.platform === 'win32') app.setAppUserModelId('id.gerai.till');
    try {
      const folder = windowFolder(this.dataDirectory);
      app.setPath('userData', folder);
      this.memory = windowMemory(folder);
    } catch (error) {
      this.tell(error instanceof Error ? error.message : String(error));
      app.exit(exitCodes.failed);
      return false;
    }
    // Electron's lock is by that folder: one window a data folder. The books have a lock of their own,
    // which decides (rule 24); this one brings the first window to the front.
    if (!app.requestSingleInstanceLock())
      return this.giveUp('start.already', {}, exitCodes.alreadyRunning);
    app.on('second-instance', (_event, argv) => this.secondStart(argv));
    return true;
  }

  async open(): Promise<void> {
    const { app } = this.electron;
    await app.whenReady();
    const till = await this.startTill();
    if (till === null) return;
    this.till = till;
    this.closeDesk = new CloseDesk({
      closing: () => till.closing(),
      language: () => till.language(),
      ask: (box) => this.electron.ask(box),
      end: (why) => void this.end(why),
      log: this.log,
    });
    const { closeDesk } = this;
    this.world.onEndAsked((why) => closeDesk.endNow(why));
    await this.openWindow(till, this.closeDesk);
    this.log.info('the window is open', { kiosk: this.window?.isKiosk() ?? false });
  }

  private async startTill(): Promise<Till | null> {
    const { app, ipcMain } = this.electron;
    const { env } = this.world;
    const system = this.electron.systemSession();
    try {
      return await this.world.start({
        host: electronHost(ipcMain, () =>
          this.window === null ? null : { window: this.window, contents: this.window.webContents },
        ),
        dataDirectory: this.dataDirectory,
        beginNewDatabase: this.options.beginNewDatabase,
        version: app.getVersion(),
        // SECURITY: a package heeds no environment variable of ours: whoever may set one for the
        // cashier's account is not thereby allowed to set up the till.
        env: app.isPackaged ? {} : { ...env, GERAI_APP_KEY: await this.world.appKey() },
        systemProxy: (url) => system.resolveProxy(url),
      });
    } catch (error) {
      return this.couldNotStart(error);
    }
  }

  private couldNotStart(error: unknown): null {
    const { app } = this.electron;
    const name = error instanceof Error ? error.name : '';
    const sentence = error instanceof Error ? error.message : String(error);
    if (name === 'AlreadyRunning') {
      this.giveUp('start.already', {}, exitCodes.alreadyRunning);
      return null;
    }
    this.tell(name === 'AppKeyMissing' && app.isPackaged ? this.words('start.noKey') : sentence);
    app.exit(exitCodes.failed);
    return null;
  }

  private async openWindow(till: Till, closeDesk: CloseDesk): Promise<void> {
    const { electron, log } = this;
    const { app } = electron;
    const dist = join(app.getAppPath(), 'dist');
    const session = electron.tillSession();
    await guardSession(session, log, app.isPackaged);
    session.protocol.handle(scheme, pageAnswers(readPageFiles(join(dist, 'renderer'))));
    electron.setMenu(menuTemplate(this.world.platform, app.isPackaged, till.language()));
    const kept = this.memory?.read() ?? { bounds: null, maximized: false, kiosk: false };
    const placement = placeWindow(kept, electron.workAreas(), this.options.kiosk);
    const preload = join(dist, 'preload', 'preload.cjs');
    const window = electron.createWindow(
      windowOptions({ preload, packaged: app.isPackaged, placement }),
    );
    this.window = window;
    const load = () => {
      // A load that fails is told by an event, which has its own remedy.
      window.loadURL(pageUrl).catch(() => undefined);
    };
    recoverPage(window.webContents, { load, clock: this.world.clock, log });
    window.on('close', (event) => closeDesk.onClose(event));
    window.once('ready-to-show', () => {
      if (placement.maximized && !placement.kiosk) window.maximize();
      window.show();
      if (this.options.afterFault) this.tellOfFault();
    });
    const ears = {
      resumed: () => till.resumed(),
      ends: (why: string) => closeDesk.endNow(why),
    };
    hearSystem(electron.powerMonitor, window, app, ears, log);
    load();
  }

  private guard(contents: GuardedContents): void {
    const outside = {
      phoneUrl: () => this.till?.phoneUrl ?? null,
      open: (url: string) => void this.electron.shell.openExternal(url).catch(() => undefined),
    };
    guardContents(contents, outside, this.log);
  }

  /** A second start brings this one to the front (rule 24), and may ask for kiosk mode or its end. */
  private secondStart(argv: readonly string[]): void {
    this.log.info('a second start was brought here');
    const { window } = this;
    if (window === null || window.isDestroyed()) return;
    const { kiosk } = parseShellArguments(argv);
    if (kiosk !== null) window.setKiosk(kiosk);
    if (window.isMinimized()) window.restore();
    window.show();
    window.moveTop();
    window.focus();
  }

  private mindFaults(): void {
    const { app } = this.electron;
    const faults = new Faults({
      clock: this.world.clock,
      log: () => this.till?.log ?? null,
      afterFault: this.options.afterFault,
      closeTill: async () => {
        this.remember();
        await this.till?.close();
      },
      restart: () => this.restart(),
      stop: (word) => {
        this.tell(this.words(word));
        app.exit(exitCodes.failed);
      },
    });
    this.world.onFault((kind, error) => {
      // Without a log yet, whoever started the program is all there is to tell.
      if (this.till === null) this.world.say(String(error));
      faults.onFault(kind, error);
    });
  }

  private restart(): void {
    const { app } = this.electron;
    if (app.isPackaged) {
      const { argv, env } = this.world;
      // A person's word to begin with empty books was for one start, not for those after a fault.
      const once = [afterFaultSwitch, '--begin-new-database'];
      const args = argv.slice(1).filter((word) => !once.includes(word));
      // An AppImage's program lies in a mount that goes away with this process.
      const execPath = env.APPIMAGE === undefined ? {} : { execPath: env.APPIMAGE };
      app.relaunch({ args: [...args, afterFaultSwitch], ...execPath });
    } else this.world.say(this.words('fault.stopped'));
    app.exit(exitCodes.failed);
  }

  private tellOfFault(): void {
    const message = this.words('fault.restarted');
    void this.electron.ask({ type: 'warning', title: this.words('fault.title'), message });
  }

  /** Ends in good order: the till's own close first, since it is what matters. */
  private async end(why: string): Promise<void> {
    const { app } = this.electron;
    this.log.info('the window closes', { why });
    const { clock } = this.world;
    clock.at(mono(clock.mono() + closeMsMax), () => app.exit(exitCodes.closed));
    this.remember();
    try {
      await this.till?.close();
    } catch (error) {
      this.log.error('closing failed', { error });
    }
    app.exit(exitCodes.closed);
  }

  private remember(): void {
    const { window } = this;
    if (window === null || window.isDestroyed()) return;
    this.memory?.write({
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      kiosk: window.isKiosk(),
    });
  }

  private giveUp(word: ShellWord, values: Record<string, string>, code: number): false {
    this.tell(this.words(word, values));
    this.electron.app.exit(code);
    return false;
  }

  /** In a package nobody sees what a program prints: there the system shows it. */
  private tell(sentence: string): void {
    this.world.say(sentence);
    if (!this.electron.app.isPackaged) return;
    this.electron.dialog.showErrorBox(this.words('start.failed'), sentence);
  }

  private words(word: ShellWord, values: Record<string, string> = {}): string {
    return shellWords(this.language(), word, values);
  }

  private language(): Language {
    return this.till?.language() ?? languageOfLocale(this.electron.app.getLocale());
  }
}
