import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser } from '../support/browser.ts';

/**
 * End to end: the built till as a process, driven in a real browser. `npm test` runs it; with
 * `GERAI_E2E_HOST=electron` (`npm run test:electron`) the same stories are told in the real window.
 */

const browser = await findBrowser();
const onElectron = process.env.GERAI_E2E_HOST === 'electron';
/** What is about the browser host itself, or needs a browser beside the till. */
const browserOnly = [
  '**/browser-host.e2e.ts',
  '**/phone-page.e2e.ts',
  '**/axe.e2e.ts',
  '**/visual.e2e.ts',
];
const windowOnly = ['**/electron-window.e2e.ts'];

export default defineConfig({
  testDir: '.',
  globalSetup: './build-first.ts',
  testMatch: '**/*.e2e.ts',
  testIgnore: onElectron ? browserOnly : windowOnly,
  outputDir: fileURLToPath(new URL('../../test-results/e2e', import.meta.url)),
  workers: 2,
  fullyParallel: true,
  // A test that passes at its second try hides what made it fail at the first.
  retries: 0,
  timeout: 60_000,
  expect: {
    timeout: 10_000,
    toHaveScreenshot: {
      stylePath: fileURLToPath(new URL('visual.css', import.meta.url)),
      // One picture for every system. With other hinting or spacing of letters up to 0.33 % of the
      // points were found to differ; with a main button of another colour 2.6 % do.
      threshold: 0.2,
      maxDiffPixelRatio: 0.005,
    },
  },
  snapshotPathTemplate: '{testDir}/visual/{arg}{ext}',
  // A picture that is missing is a failure, not a reason to take one of whatever is there.
  updateSnapshots: 'none',
  use: {
    viewport: { width: 1366, height: 768 },
    trace: 'off',
    screenshot: 'off',
    video: 'off',
    reducedMotion: 'reduce',
    launchOptions:
      browser === null
        ? {}
        : { executablePath: browser.executablePath, args: [...browser.args], headless: true },
  },
});
