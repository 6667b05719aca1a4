import { join, resolve } from 'node:path';
import type { Log } from '../platform/log.ts';
import type { Till } from '../till.ts';
import { parseShellArguments, type ShellArguments, strangeSwitch } from './arguments.ts';
import { CloseDesk } from './close-desk.ts';
import { defaultDataFolder } from './data-folder.ts';
import { Faults } from './faults.ts';
import { electronHost } from './ipc-door.ts';
import { menuTemplate } from './menu.ts';
import { type PageFiles, readPageFiles } from './page-files.ts';
import type { Electron, ShellWorld } from './parts.ts';
import { pageAnswers, pageUrl, scheme, schemePrivileges } from './protocol.ts';
import { recoverPage } from './recovery.ts';
import { relaunchAfterFault } from './relaunch.ts';
import { type GuardedContents, guardApp, guardContents, guardSession } from './security.ts';
import { type WindowMemory, windowFolder, windowMemory } from './state-file.ts';
import { hearSystem } from './system-events.ts';
import { TillWindow } from './till-window.ts';
import { Voice } from './voice.ts';
import { windowOptions } from './window-options.ts';
import { freshState, placeWindow } from './window-state.ts';
import { within } from './within.ts';
import type { ShellWord } from './words.ts';

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
  await (desktop.prepare() ?? desktop.open());
}

class Desktop {
  private readonly electron: Electron;
  private readonly world: ShellWorld;
  private readonly options: ShellArguments;
  private readonly dataDirectory: string;
  private readonly log: Log;
  private readonly voice: Voice;
  private till: Till | null = null;
  private window: TillWindow | null = null;
  private memory: WindowMemory | null = null;
  private closing: Promise<void> | null = null;
  private left = false;

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
    this.voice = new Voice({
      app: electron.app,
      dialog: electron.dialog,
      say: (sentence) => world.say(sentence),
      tillLanguage: () => this.till?.language() ?? null,
    });
  }

  /** What has to be settled before Electron is ready. Not null if this run ends here: its end. */
  prepare(): Promise<void> | null {
    const { app, protocol } = this.electron;
    const { argv, platform } = this.world;
    this.mindFaults();
    const strange = app.isPackaged ? strangeSwitch(argv, platform, app.commandLine) : null;
    if (strange === 'no-sandbox') return this.refuse('start.noSandbox');
    if (strange !== null) return this.refuse('start.switch', { name: strange });
    // SECURITY: every page's process is sandboxed, even one that asks otherwise.
    app.enableSandbox();
    protocol.registerSchemesAsPrivileged([schemePrivileges]);
    guardApp(app, (contents) => this.guard(contents), this.log);
    if (platform === 'win32') app.setAppUserModelId('id.gerai.till');
    try {
      const folder = windowFolder(this.dataDirectory);
      app.setPath('userData', folder);
      this.memory = windowMemory(folder);
    } catch (error) {
      return this.giveUp(sentenceOf(error), exitCodes.failed);
    }
    // Electron's lock is by that folder: one window a data folder. The books have a lock of their own,
    // which decides (rule 24); this one brings the first window to the front.
    if (!app.requestSingleInstanceLock()) return this.leaveToTheFirst();
    app.on('second-instance', (_event, second) => this.secondStart(second));
    return null;
  }

  async open(): Promise<void> {
    const { app } = this.electron;
    await app.whenReady();
    const page = this.readPage();
    if (page === null) return this.giveUp(this.voice.words('start.noPage'), exitCodes.failed);
    const till = await this.startTill();
    if (till === null) return;
    this.till = till;
    const closeDesk = new CloseDesk({
      closing: () => till.closing(),
      language: () => till.language(),
      ask: (box) => this.electron.ask(box),
      end: (why) => void this.end(why),
      log: this.log,
    });
    this.world.onEndAsked((why) => closeDesk.endNow(why));
    await this.openWindow(till, page, closeDesk);
    this.log.info('the window is open', { kiosk: this.window?.live()?.isKiosk() ?? false });
  }

  private readPage(): PageFiles | null {
    try {
      return readPageFiles(join(this.dist(), 'renderer'));
    } catch (error) {
      this.voice.say(sentenceOf(error));
      return null;
    }
  }

  private dist(): string {
    return join(this.electron.app.getAppPath(), 'dist');
  }

  private async startTill(): Promise<Till | null> {
    const { app, ipcMain } = this.electron;
    const { env } = this.world;
    const system = this.electron.systemSession();
    try {
      return await this.world.start({
        host: electronHost(ipcMain, () => {
          const window = this.window?.live() ?? null;
          return window === null ? null : { window, contents: window.webContents };
        }),
        dataDirectory: this.dataDirectory,
        beginNewDatabase: this.options.beginNewDatabase,
        version: app.getVersion(),
        // SECURITY: a package heeds no environment variable of ours: whoever may set one for the
        // cashier's account is not thereby allowed to set up the till.
        env: app.isPackaged ? {} : { ...env, GERAI_APP_KEY: await this.world.appKey() },
        systemProxy: (url) => system.resolveProxy(url),
      });
    } catch (error) {
      await this.couldNotStart(error);
      return null;
    }
  }

  private couldNotStart(error: unknown): Promise<void> {
    const name = error instanceof Error ? error.name : '';
    const { voice } = this;
    // Another kind of window has the folder, and cannot be brought to the front from here.
    if (name === 'AlreadyRunning')
      return this.giveUp(voice.words('start.already'), exitCodes.alreadyRunning);
    const noKey = name === 'AppKeyMissing' && this.electron.app.isPackaged;
    return this.giveUp(noKey ? voice.words('start.noKey') : sentenceOf(error), exitCodes.failed);
  }

  private async openWindow(till: Till, page: PageFiles, closeDesk: CloseDesk): Promise<void> {
    const { electron, log } = this;
    const { app } = electron;
    const { clock, platform } = this.world;
    const session = electron.tillSession();
    await guardSession(session, log, app.isPackaged);
    session.protocol.handle(scheme, pageAnswers(page));
    const kept = this.memory?.read() ?? freshState;
    const placement = placeWindow(kept, electron.workAreas(), this.options.kiosk);
    const preload = join(this.dist(), 'preload', 'preload.cjs');
    const window = electron.createWindow(
      windowOptions({ preload, packaged: app.isPackaged, placement }),
    );
    this.window = new TillWindow(window, {
      clock,
      log,
      memory: this.memory,
      placement,
      setMenu: (kiosk) =>
        electron.setMenu(menuTemplate(platform, app.isPackaged, till.language(), kiosk)),
      shown: () => {
        if (this.options.afterFault) this.tellOfFault();
      },
    });
    const load = () => {
      // A load that fails is told by an event, which has its own remedy.
      if (!window.isDestroyed()) window.loadURL(pageUrl).catch(() => undefined);
    };
    recoverPage(window.webContents, { load, clock, log });
    window.on('close', (event) => closeDesk.onClose(event));
    const ears = {
      resumed: () => till.resumed(),
      ends: (why: string) => this.endAtOnce(why),
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
    this.window?.toFront(parseShellArguments(argv).kiosk);
  }

  /** This is the second start: the first has been told, and its window is what the person sees next. */
  private async leaveToTheFirst(): Promise<void> {
    this.voice.say(this.voice.words('start.already'));
    this.leave(exitCodes.alreadyRunning);
  }

  private mindFaults(): void {
    const faults = new Faults({
      clock: this.world.clock,
      log: () => this.till?.log ?? null,
      afterFault: this.options.afterFault,
      closeTill: () => this.closeTill(),
      restart: () => this.restart(),
      stop: (word) => void this.giveUp(this.voice.words(word), exitCodes.failed, 'fault.title'),
    });
    this.world.onFault((kind, error) => {
      // Without a log yet, whoever started the program is all there is to tell.
      if (this.till === null) this.voice.say(String(error));
      faults.onFault(kind, error);
    });
  }

  private restart(): void {
    // A till that a person has just closed does not come back.
    if (this.left) return;
    const { app } = this.electron;
    if (app.isPackaged) app.relaunch(relaunchAfterFault(this.world));
    else this.voice.say(this.voice.words('fault.stopped'));
    this.leave(exitCodes.failed);
  }

  private tellOfFault(): void {
    const message = this.voice.words('fault.restarted');
    this.electron
      .ask({ type: 'warning', title: this.voice.words('fault.title'), message })
      .catch((error: unknown) => this.log.warn('the box could not be shown', { error }));
  }

  /** Ends in good order: the till's own close first, since it is what matters. */
  private async end(why: string): Promise<void> {
    this.log.info('the window closes', { why });
    await this.closeTill();
    this.leave(exitCodes.closed);
  }

  /**
   * The session ends: on Windows the process may be gone as soon as this returns. The books are closed
   * before the till's close waits for the first time; what it waits for then matters to nobody any more.
   */
  private endAtOnce(why: string): void {
    this.log.info('the window closes', { why });
    void this.closeTill();
    this.leave(exitCodes.closed);
  }

  /** Remembers the window and closes the till, once, and within a limit. Never rejects. */
  private closeTill(): Promise<void> {
    this.closing ??= this.closeOnce();
    return this.closing;
  }

  private async closeOnce(): Promise<void> {
    try {
      this.window?.remember();
      const closed = this.till?.close() ?? Promise.resolve();
      if (await within(closeMsMax, this.world.clock, closed)) return;
      this.log.error('closing took too long and was left');
    } catch (error) {
      this.log.error('closing failed', { error });
    }
  }

  private refuse(word: ShellWord, values: Record<string, string> = {}): Promise<void> {
    return this.giveUp(this.voice.words(word, values), exitCodes.refused);
  }

  /** Says why, waits until it was read, and ends the program. */
  private async giveUp(sentence: string, code: number, title?: ShellWord): Promise<void> {
    await this.voice.tell(sentence, title);
    this.leave(code);
  }

  private leave(code: number): void {
    if (this.left) return;
    this.left = true;
    this.electron.app.exit(code);
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
