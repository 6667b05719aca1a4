import chromium from '@sparticuz/chromium';
import { type Browser, chromium as playwright } from 'playwright-core';

/** A headless browser: the one GERAI_CHROMIUM names, or the one that came with the packages. */
export async function openBrowser(): Promise<Browser> {
  const named = process.env.GERAI_CHROMIUM;
  return playwright.launch(
    named
      ? { executablePath: named, args: ['--no-sandbox'] }
      : {
          executablePath: await chromium.executablePath(),
          // One process for everything saves memory in a cloud function and dies of a long session.
          args: chromium.args.filter(
            (argument) => !/^--(single-process|no-zygote)$/.test(argument),
          ),
        },
  );
}
