import { mkdirSync, writeFileSync } from 'node:fs';
import { openBrowser } from './browser.ts';
import { withPalette } from './palette.ts';
import { serveGallery } from './serve.ts';
import type { StateName } from './states.ts';

/** Takes the README's pictures anew, into build/pictures: `node test/gallery/pictures.ts`. */
interface Picture {
  readonly name: string;
  readonly state: StateName;
  readonly dark?: boolean;
  readonly language?: 'en' | 'id';
  /** Typed before the picture is taken. */
  readonly typed?: readonly string[];
}

const pictures: readonly Picture[] = [
  { name: 'new-payment', state: 'new-payment', typed: ['12500', 'Enter', '08123456'] },
  { name: 'waiting', state: 'waiting' },
  { name: 'paid', state: 'paid' },
  { name: 'reversing', state: 'reversing' },
  { name: 'interrupted', state: 'interrupted' },
  { name: 'tray', state: 'new-payment-ended-unseen' },
  { name: 'dark-bahasa', state: 'waiting', dark: true, language: 'id' },
];

const folder = new URL('../../build/pictures/', import.meta.url);
mkdirSync(folder, { recursive: true });
const gallery = await serveGallery();
const browser = await openBrowser();
for (const { name, state, dark = false, language = 'en', typed = [] } of pictures) {
  const page = await browser.newPage({
    viewport: { width: 1366, height: 768 },
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
  });
  await page.goto(`${gallery.url}?state=${state}&language=${language}`);
  await page.locator('.till').waitFor();
  await page.evaluate(() => document.fonts.ready);
  for (const text of typed) {
    if (/^\d+$/.test(text)) await page.keyboard.type(text);
    else await page.keyboard.press(text);
  }
  const picture = withPalette(await page.screenshot({ caret: 'initial' }));
  writeFileSync(new URL(`${name}.png`, folder), picture);
  await page.close();
}
await browser.close();
await gallery.close();
