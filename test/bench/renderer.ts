import { type Browser, chromium, type Page } from 'playwright-core';
import type { BenchLine } from '../../build/bench-line.ts';
import { TillProcess } from '../e2e/till-process.ts';
import { findBrowser } from '../support/browser.ts';
import { line, median, quantile } from './_kit.ts';
import { bareReact, pageSize } from './_page-size.ts';

/** Rounds of typing twelve digits, and of taking a payment. */
const typings = 25;
const payments = 30;
/** How many times slower than this machine the page's processor is made. */
const throttle = 4;
/** The story in which the customer declines after 3 s: it ends, and the phone may be asked again. */
const phone = '081234560002';

/** The page: what it loads, and how fast it answers a hand, in the real till with a slowed browser. */
export async function lines(): Promise<BenchLine[]> {
  return [...(await sizes()), ...(await speeds())];
}

async function sizes(): Promise<BenchLine[]> {
  const [ours, bare] = [await pageSize(), await bareReact()];
  const kB = (bytes: number): number => bytes / 1_000;
  return [
    line(
      'renderer first load, gzip (HTML, scripts, styles), beside react + react-dom',
      'kB',
      kB(ours.code),
      kB(bare.code),
      '≤ 1.5 ×, and ≤ 100 kB',
      ours.code <= 1.5 * bare.code && ours.code <= 100_000,
    ),
    line('the bundled font, on top of that', 'kB', kB(ours.fonts), null, '–', true),
  ];
}

async function speeds(): Promise<BenchLine[]> {
  const found = await findBrowser();
  if (found === null) {
    console.error('no browser here: key press and click are not measured');
    return [];
  }
  const till = new TillProcess({ profile: { phoneCheck: false } });
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: [...found.args],
  });
  try {
    const page = await slowPage(browser, await till.start());
    return [...(await keyPress(page)), ...(await clickToWaiting(page))];
  } finally {
    await browser.close();
    await till.dispose();
  }
}

/** The till on screen, watched from inside and slowed down. */
async function slowPage(browser: Browser, address: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.addInitScript(watchFromInside);
  await page.goto(address);
  await page.locator('#amount').waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: throttle });
  return page;
}

interface Watched {
  readonly keyMs: number[];
  readonly clickMs: number[];
}

/**
 * Runs in the page. From the event's own time stamp to the first moment after the frame in which what
 * it caused was painted.
 */
function watchFromInside(): void {
  const watched: Watched = { keyMs: [], clickMs: [] };
  Object.assign(window, { watched });
  const afterPaint = (then: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    });
  };
  let clickedAt: number | null = null;
  addEventListener(
    'keydown',
    ({ timeStamp }) => afterPaint(() => watched.keyMs.push(performance.now() - timeStamp)),
    { capture: true },
  );
  addEventListener(
    'click',
    ({ timeStamp }) => {
      clickedAt = timeStamp;
    },
    { capture: true },
  );
  new MutationObserver(() => {
    const from = clickedAt;
    if (from === null || document.querySelector('.ring') === null) return;
    clickedAt = null;
    afterPaint(() => watched.clickMs.push(performance.now() - from));
  }).observe(document, { childList: true, subtree: true });
}

const watchedIn = (page: Page): Promise<Watched> =>
  page.evaluate(() => (window as unknown as { watched: Watched }).watched);

async function keyPress(page: Page): Promise<BenchLine[]> {
  for (let round = 0; round < typings; round += 1) {
    await page.keyboard.type('123456789012', { delay: 30 });
    await page.keyboard.press('Escape');
  }
  const { keyMs } = await watchedIn(page);
  const p95 = quantile(keyMs, 0.95);
  return [
    line('key press to paint, 4 × CPU throttle (p95)', 'ms', p95, null, 'p95 < 50 ms', p95 < 50),
    line('key press to paint, 4 × CPU throttle (median)', 'ms', median(keyMs), null, '–', true),
  ];
}

async function clickToWaiting(page: Page): Promise<BenchLine[]> {
  const pay = page.getByRole('button', { name: /^Request payment/ });
  // The first one warms up the page's code and the till's, as each morning's first payment does.
  for (let round = 0; round < payments + 1; round += 1) {
    await page.keyboard.type(String(10_000 + round));
    await page.keyboard.press('Enter');
    await page.keyboard.type(phone);
    await pay.click();
    await page.getByRole('button', { name: /^Next customer/ }).waitFor({ timeout: 30_000 });
    await page.keyboard.press('Enter');
    await page.locator('#amount:focus').waitFor();
  }
  const clickMs = (await watchedIn(page)).clickMs.slice(1);
  if (clickMs.length !== payments) throw new Error(`${clickMs.length} clicks of ${payments} seen`);
  const p95 = quantile(clickMs, 0.95);
  return [
    line(
      'click on pay to the waiting screen painted, 4 × CPU throttle (p95)',
      'ms',
      p95,
      null,
      'p95 < 100 ms',
      p95 < 100,
    ),
    line(
      'click on pay to the waiting screen painted, 4 × CPU throttle (median)',
      'ms',
      median(clickMs),
      null,
      '–',
      true,
    ),
  ];
}
