import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { serveGallery } from './serve.ts';
import { states } from './states.ts';

/**
 * Takes a picture of each screen into the temporary folder, and says which of them scroll:
 * `node test/gallery/shoot.ts [STATE …] [--size 1366x768] [--dark] [--id] [--all]`. By default
 * 1024×768 in light English; `--all` takes three sizes in light English and in dark Indonesian.
 */
const given = process.argv.slice(2);
const has = (option: string): boolean => given.includes(option);
const sizeAt = given.indexOf('--size');
const named = sizeAt < 0 ? '1024x768' : (given.splice(sizeAt, 2)[1] ?? '');
const wanted = given.filter((argument) => !argument.startsWith('--'));
const names = wanted.length > 0 ? wanted : Object.keys(states);
const sizes = (has('--all') ? ['1024x768', '1366x768', '1920x1080'] : [named]).map((size) =>
  size.split('x').map(Number),
);
const looks = has('--all')
  ? ([
      ['light', 'en'],
      ['dark', 'id'],
    ] as const)
  : ([[has('--dark') ? 'dark' : 'light', has('--id') ? 'id' : 'en']] as const);

const folder = join(tmpdir(), 'gerai-gallery');
mkdirSync(folder, { recursive: true });
const gallery = await serveGallery();
const browser = await openBrowser();
for (const [width = 0, height = 0] of sizes) {
  for (const [colorScheme, language] of looks) {
    const page = await browser.newPage({
      viewport: { width, height },
      colorScheme,
      reducedMotion: 'reduce',
    });
    page.on('pageerror', (error) => console.error(error));
    page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
    for (const name of names) {
      await page.goto(`${gallery.url}?state=${name}&language=${language}`);
      await page.locator('.till').waitFor();
      await page.evaluate(() => document.fonts.ready);
      const scrolls = await scrolling(page);
      if (scrolls.length > 0) console.log(`${name} ${width} ${language}: scrolls: ${scrolls}`);
      await page.screenshot({
        path: join(folder, `${name}-${width}-${colorScheme}-${language}.png`),
      });
    }
    await page.close();
  }
}
await browser.close();
await gallery.close();
console.log(folder);

/** What does not fit into its box. */
function scrolling(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [
      ...document.querySelectorAll(
        'main, body, aside, .field, .strip, .strip dl, .troubles, .trouble, .payment, .new-payment',
      ),
    ]
      .filter(
        (box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1,
      )
      .map(
        (box) =>
          `${box.tagName}.${box.className} ${box.scrollWidth}×${box.scrollHeight} in ${box.clientWidth}×${box.clientHeight}`,
      ),
  );
}
