import { test as base, expect, type Page } from '@playwright/test';
import { ElectronTill, onElectron } from './electron-till.ts';
import { contradictions } from './ledgers.ts';
import { TillProcess, type TillSettings } from './till-process.ts';

interface Fixtures {
  /** `test.use({ settings: { speed: 20 } })` */
  readonly settings: TillSettings;
  /** Running, not yet on screen. */
  readonly till: TillProcess;
  /** The till's page, open in the browser. */
  readonly tillPage: Page;
}

/**
 * Playwright's test with a till. Whatever a test was about, at its end the books of till and OVO must
 * agree (M1–M3, N1), with a record of every message OVO received (L1). Everything the page says on its console as an error, and every
 * exception in it, fails the test: under a strict policy that is how a forbidden thing shows.
 */
const inBrowser = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  till: async ({ settings }, use, info) => {
    const till = onElectron ? new ElectronTill(settings) : new TillProcess(settings);
    await use(till);
    await till.kill();
    const books = till.ledgers();
    const contradict = books === null ? [] : contradictions(books);
    if (info.status !== info.expectedStatus || contradict.length > 0) {
      await info.attach('what the till said', { body: till.said });
      await info.attach('its log', { body: till.log() });
      await info.attach('the books', { body: JSON.stringify(books, null, 1) });
    }
    await till.dispose();
    expect(contradict).toEqual([]);
  },
  tillPage: async ({ till, page }, use) => {
    const faults: string[] = [];
    page.on('pageerror', (error) => faults.push(error.message));
    page.on('console', (message) => {
      // A till that was killed cannot be reached; the page says so in its own way.
      const expected = /ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|ERR_EMPTY|ERR_CONNECTION_RESET/;
      if (message.type() === 'error' && !expected.test(message.text())) faults.push(message.text());
    });
    await page.goto(await till.start());
    await use(page);
    expect(faults).toEqual([]);
  },
});

/** Against the real window its page takes the browser's place, and no browser is started. */
const inWindow = inBrowser.extend({
  page: async ({ till }, use) => {
    if (till instanceof ElectronTill) await use(till.page);
  },
});

/** Every story is written once, for either host: `GERAI_E2E_HOST=electron` chooses the window. */
export const test = onElectron ? inWindow : inBrowser;

export { expect };
