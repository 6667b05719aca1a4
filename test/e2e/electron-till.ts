import { fileURLToPath } from 'node:url';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import { electronExecutable } from '../../build/electron-runtime.ts';
import { TillProcess, type TillSettings } from './till-process.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** True when the suite was asked to run against the real desktop window. */
export const onElectron = process.env.GERAI_E2E_HOST === 'electron';

/** The till in its real window; the rest is as with any till. */
export class ElectronTill extends TillProcess {
  /** The window's page. It stays the same for the test when the till is killed and started again. */
  readonly page: Page;
  readonly #window: StandingPage;
  #app: ElectronApplication | null = null;
  #said = '';

  constructor(settings: TillSettings) {
    super(settings);
    this.#window = new StandingPage();
    this.page = this.#window.page;
  }

  override async start(): Promise<string> {
    const executablePath = electronExecutable(root);
    if (executablePath === null) throw new Error("Electron's runtime is not on this machine");
    // Chromium refuses to sandbox for root, as which containers run; everybody else keeps the sandbox.
    const bare = process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    this.#said = '';
    const app = await _electron.launch({
      executablePath,
      args: [...bare, root, `--data=${this.dataDirectory}`],
      env: { ...surroundings(), GERAI_TEST_CLOCK: this.testClock },
    });
    this.#app = app;
    const hear = (part: Buffer) => {
      this.#said += part.toString('utf8');
    };
    app.process().stdout?.on('data', hear);
    app.process().stderr?.on('data', hear);
    this.#window.show(await app.firstWindow());
    return 'gerai://till/index.html';
  }

  /** How many windows there are. */
  windows(): number {
    return this.#app?.windows().length ?? 0;
  }

  /** Ends the process of the window's page, as a fault in it would. */
  async crashPage(): Promise<void> {
    await this.#app?.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
  }

  /** A person closes the window; resolves to what the box says that comes, which is then put away. */
  async closeWindow(): Promise<string | undefined> {
    return this.#app?.evaluate(
      ({ BrowserWindow, dialog }) =>
        new Promise<string>((resolve) => {
          const inPlace = (...args: readonly unknown[]) => {
            const box = args.at(-1) as Electron.MessageBoxOptions;
            resolve(box.message);
            return Promise.resolve({ response: 0, checkboxChecked: false });
          };
          Object.assign(dialog, { showMessageBox: inPlace });
          BrowserWindow.getAllWindows()[0]?.close();
        }),
    );
  }

  override get said(): string {
    return this.#said;
  }

  override async kill(): Promise<void> {
    const process = this.#app?.process();
    this.#app = null;
    if (process === undefined || process.exitCode !== null || process.signalCode !== null) return;
    const gone = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await gone;
  }
}

/** The environment as Playwright wants it: without what is not set. */
function surroundings(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value]],
    ),
  );
}

type Listening = readonly [event: string, listener: (...args: never[]) => void];

/**
 * One page for a test, whichever window stands behind it: what is asked of it goes to the newest, and
 * who listens to it hears every one. So a test that kills the till and starts it again is the same as
 * in a browser, where the page outlives the till.
 */
export class StandingPage {
  readonly page: Page;
  readonly #listening: Listening[] = [];
  #behind: Page | null = null;

  constructor() {
    const own: Record<string, unknown> = {
      on: (...listening: Listening) => {
        this.#listening.push(listening);
        if (this.#behind !== null) listen(this.#behind, listening);
      },
      // The window has opened the till's page itself.
      goto: async () => null,
    };
    this.page = new Proxy({} as Page, {
      get: (_target, name) => {
        if (typeof name === 'string' && Object.hasOwn(own, name)) return own[name];
        // Whoever awaits the page itself must not take it for a promise.
        if (this.#behind === null || name === 'then') return undefined;
        const value: unknown = Reflect.get(this.#behind, name);
        return typeof value === 'function' ? value.bind(this.#behind) : value;
      },
    });
  }

  show(page: Page): void {
    this.#behind = page;
    for (const listening of this.#listening) listen(page, listening);
  }
}

function listen(page: Page, [event, listener]: Listening): void {
  (page.on as (event: string, listener: Listening[1]) => unknown).call(page, event, listener);
}
