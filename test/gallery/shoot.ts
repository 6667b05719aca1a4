import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser.ts';
import { serveGallery } from './serve.ts';
import { states } from './states.ts';

/**
 * Takes a picture of each screen: `node test/gallery/shoot.ts [STATE …] [--all]`. By default
 * 1024×768 in light English; `--all` adds the other sizes, the dark scheme and Bahasa Indonesia.
 */
const given = process.argv.slice(2);
const all = given.includes('--all');
const wanted = given.filter((argument) => !argument.startsWith('--'));
const names = wanted.length > 0 ? wanted : Object.keys(states);
const sizes = all
  ? ([
      [1024, 768],
      [1366, 768],
      [1920, 1080],
    ] as const)
  : ([[1024, 768]] as const);
const looks = all
  ? ([
      ['light', 'en'],
      ['dark', 'id'],
    ] as const)
  : ([['light', 'en']] as const);

const folder = join(tmpdir(), 'gerai-gallery');
mkdirSync(folder, { recursive: true });
const gallery = await serveGallery();
const browser = await openBrowser();
for (const [width, height] of sizes) {
  for (const [colorScheme, language] of looks) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    page.on('pageerror', (error) => console.error(error));
    page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
    for (const name of names) {
      await page.goto(`${gallery.url}?state=${name}&language=${language}`);
      await page.locator('.till').waitFor();
      await page.evaluate(() => document.fonts.ready);
      const overflow = await page.evaluate(() =>
        [...document.querySelectorAll('main, body, aside')]
          .filter(
            (box) =>
              box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1,
          )
          .map(
            (box) =>
              `${box.tagName} ${box.scrollWidth}×${box.scrollHeight} in ${box.clientWidth}×${box.clientHeight}`,
          ),
      );
      if (overflow.length > 0) console.log(`${name} ${width} ${language}: scrolls: ${overflow}`);
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
