import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import type { RequestName } from '../../shared/ipc.ts';
import type { TillView } from '../../shared/view.ts';
import { openBrowser } from './browser.ts';
import type { FakeMain } from './fake-bridge.ts';
import { serveGallery } from './serve.ts';
import { type StateName, states } from './states.ts';

declare global {
  interface Window {
    readonly fakeMain: FakeMain;
    /** The screen counts as read from now on. */
    readonly lookedAt: () => void;
  }
}

/** The real page in a real browser; only main is played. Each test gets a page of its own. */
export interface Screens {
  readonly page: Page;
  /** Opens the page and lets a person look at it. */
  open(state: StateName, language?: 'en' | 'id'): Promise<void>;
  /** The moment passes in which a new screen takes no Enter, without waiting for it. */
  look(): Promise<void>;
  keys(...presses: string[]): Promise<void>;
  /** The arguments of all requests of a name so far. */
  asked(name: RequestName): Promise<unknown[]>;
  /** What the next requests of a name answer. */
  answer(name: RequestName, reply: unknown): Promise<void>;
  push(change: Partial<TillView>): Promise<void>;
  /** Pushes a whole other state, as main does when everything changes at once. */
  become(state: StateName): Promise<void>;
  /** The focused element: its id, or its text. */
  focused(): Promise<string | null | undefined>;
  value(field: 'amount' | 'phone'): Promise<string>;
  /** Waits until exactly this text is on the page. */
  says(text: string): Promise<void>;
}

/** To be called once at the top of a test file: opens browser and gallery for all of its tests. */
export function screensForTests(options: BrowserContextOptions = {}): Screens {
  let gallery: Awaited<ReturnType<typeof serveGallery>>;
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    [gallery, browser] = await Promise.all([serveGallery(), openBrowser()]);
  });
  afterAll(async () => {
    await browser.close();
    await gallery.close();
  });
  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1024, height: 768 }, ...options });
    const mine = page;
    onTestFinished(() => mine.close());
  });
  const push = (change: Partial<TillView>): Promise<void> =>
    page.evaluate((to) => window.fakeMain.push(to), change);
  const look = (): Promise<void> => page.evaluate(() => window.lookedAt());
  return {
    get page() {
      return page;
    },
    async open(state, language = 'en') {
      await page.goto(`${gallery.url}?state=${state}&language=${language}`);
      await page.locator('.till').waitFor();
      await look();
    },
    look,
    async keys(...presses) {
      for (const key of presses) await page.keyboard.press(key);
    },
    async asked(name) {
      const all = await page.evaluate(() => window.fakeMain.asked);
      return all.filter((one) => one.name === name).map((one) => one.args);
    },
    answer: (name, reply) =>
      page.evaluate(([to, says]) => window.fakeMain.answer(to, says), [name, reply] as const),
    push,
    async become(state) {
      const { language } = await page.evaluate(() => ({
        language: document.documentElement.lang === 'id' ? ('id' as const) : ('en' as const),
      }));
      await push({ ...states[state], language });
    },
    focused: () =>
      page.evaluate(() => document.activeElement?.id || document.activeElement?.textContent),
    value: (field) => page.locator(`#${field}`).inputValue(),
    says: (text) => page.getByText(text, { exact: true }).first().waitFor(),
  };
}
