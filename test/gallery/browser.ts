import { type Browser, chromium } from 'playwright-core';
import { findBrowser } from '../support/browser.ts';

/** A headless browser of the kind that every browser test here uses. */
export async function openBrowser(): Promise<Browser> {
  const browser = await findBrowser();
  if (browser === null) throw new Error('no browser: GERAI_CHROMIUM can name one');
  return chromium.launch({ executablePath: browser.executablePath, args: [...browser.args] });
}
