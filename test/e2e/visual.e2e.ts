import { expect, type Page, test } from '@playwright/test';
import { serveGallery } from '../gallery/serve.ts';
import { type StateName, states } from '../gallery/states.ts';

/**
 * The main screens beside the pictures in test/e2e/visual, which are the same for every system: the
 * letters are bundled and blurred (visual.css), the clocks stand still, and what only the system's own
 * fonts can draw is covered. After a change that is meant, `npm run pictures` takes them anew.
 */

// Half as many points each way: a quarter of the bytes in the project.
test.use({ viewport: { width: 1366, height: 768 }, deviceScaleFactor: 0.5 });

interface Screen {
  readonly name: string;
  readonly state: StateName;
  readonly typed?: readonly string[];
}

const screens: readonly Screen[] = [
  { name: 'new-payment', state: 'new-payment', typed: ['12500', 'Enter', '08123456'] },
  { name: 'waiting', state: 'waiting' },
  { name: 'paid', state: 'paid' },
  { name: 'not-paid', state: 'not-charged' },
  { name: 'reversing', state: 'reversing' },
  { name: 'tray', state: 'new-payment-ended-unseen' },
];
const looks = [
  { colorScheme: 'light', language: 'en' },
  { colorScheme: 'dark', language: 'id' },
] as const;

let gallery: Awaited<ReturnType<typeof serveGallery>>;
test.beforeAll(async () => {
  gallery = await serveGallery();
});
test.afterAll(async () => {
  await gallery.close();
});

for (const { colorScheme, language } of looks) {
  for (const { name, state, typed = [] } of screens) {
    test(`looks as it did: ${name}, ${colorScheme}, ${language}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await stopClocks(page);
      await page.goto(`${gallery.url}?state=${state}&language=${language}`);
      await page.locator('.till').waitFor();
      for (const text of typed) {
        if (/^\d+$/.test(text)) await page.keyboard.type(text);
        else await page.keyboard.press(text);
      }
      await page.evaluate(() => document.fonts.ready);
      expect(await page.evaluate(() => document.fonts.check('1rem Gerai'))).toBe(true);
      await expect(page).toHaveScreenshot(`${name}-${colorScheme}-${language}.png`, {
        // Marks that the bundled font does not have.
        scale: 'device',
        mask: [page.locator('.strip i, kbd svg')],
        maskColor: '#808080',
      });
    });
  }
}

/** The page's countdowns count on this clock: with it stopped, 42 s left stay 42 s. */
async function stopClocks(page: Page): Promise<void> {
  await page.clock.setFixedTime(states['new-payment'].now);
  await page.addInitScript(() => {
    performance.now = () => 1_000;
  });
}
