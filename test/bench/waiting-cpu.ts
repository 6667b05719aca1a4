import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type CDPSession, chromium } from 'playwright-core';
import { z } from 'zod';
import type { BenchLine } from '../../build/bench-line.ts';
import { TillProcess } from '../e2e/till-process.ts';
import { findBrowser } from '../support/browser.ts';
import { line } from './_kit.ts';

/** A number that plays no story: nobody confirms, and the whole 55 s are the customer's. */
const phone = '081234567777';
/** The screen has come, sounded and settled by then. */
const settleMs = 5_000;
const measureMs = 20_000;
const aimPercent = 2;

/**
 * The real till and its page at rest on the waiting screen, ring and all, in a browser that moves as
 * it does for a customer. Main's process plays OVO's simulator and the browser host's server as well.
 */
export async function lines(): Promise<BenchLine[]> {
  const found = await findBrowser();
  if (found === null) {
    console.error('no browser here: the waiting screen is not measured');
    return [];
  }
  const place = mkdtempSync(join(tmpdir(), 'gerai-bench-cpu-'));
  const said = join(place, 'cpu.json');
  process.env.GERAI_BENCH_CPU = said;
  process.env.NODE_OPTIONS = `--import=${new URL('_say-cpu.ts', import.meta.url).href}`;
  const till = new TillProcess({ profile: { phoneCheck: false } });
  const browser = await chromium.launch({
    executablePath: found.executablePath,
    args: [...found.args],
  });
  try {
    await toWaiting(browser, await till.start());
    const session = await browser.newBrowserCDPSession();
    await pass(settleMs);
    const [main, page] = [mainUsed(said), await browserUsed(session)];
    await pass(measureMs);
    const [mainNow, pageNow] = [mainUsed(said), await browserUsed(session)];
    const mainPercent = (100 * (mainNow.usedMs - main.usedMs)) / (mainNow.atMs - main.atMs);
    const pagePercent = (kind: string): number =>
      (100 * ((pageNow.get(kind) ?? 0) - (page.get(kind) ?? 0))) / measureMs;
    const renderer = pagePercent('renderer');
    return [
      row('CPU of main on the waiting screen', mainPercent, true),
      row('CPU of the renderer on the waiting screen', renderer, true),
      row('drawing for it, in software (the GPU process)', pagePercent('GPU'), false),
    ];
  } finally {
    await browser.close();
    await till.dispose();
    rmSync(place, { recursive: true, force: true });
  }
}

function row(name: string, percent: number, aimed: boolean): BenchLine {
  const aim = aimed ? `< ${aimPercent} % of a core` : '–';
  const made = line(name, '% of a core', percent, null, aim, percent < aimPercent);
  return aimed ? made : { ...made, met: null };
}

async function toWaiting(browser: Browser, address: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(address);
  await page.locator('#amount').waitFor();
  await page.keyboard.type('12500');
  await page.keyboard.press('Enter');
  await page.keyboard.type(phone);
  await page.keyboard.press('Enter');
  await page.locator('.ring').waitFor();
}

const Used = z.object({ atMs: z.number(), usedMs: z.number() });

const mainUsed = (file: string) => Used.parse(JSON.parse(readFileSync(file, 'utf8')));

/** Milliseconds of processor time by kind of process: `renderer`, `GPU`, `browser`, … */
async function browserUsed(session: CDPSession): Promise<ReadonlyMap<string, number>> {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const used = new Map<string, number>();
  for (const { type, cpuTime } of processInfo) {
    used.set(type, (used.get(type) ?? 0) + cpuTime * 1_000);
  }
  return used;
}

const pass = (ms: number): Promise<void> => new Promise((tell) => setTimeout(tell, ms));
