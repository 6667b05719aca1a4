import { test as base, expect, type Page } from '@playwright/test';
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
 * Playwright's test with a till. Everything the page says on its console as an error, and every
 * exception in it, fails the test: under a strict policy that is how a forbidden thing shows.
 */
export const test = base.extend<Fixtures>({
  settings: [{}, { option: true }],
  till: async ({ settings }, use, info) => {
    const till = new TillProcess(settings);
    await use(till);
    if (info.status !== info.expectedStatus) {
      await info.attach('what the till said', { body: till.said });
    }
    await till.dispose();
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

export { expect };
