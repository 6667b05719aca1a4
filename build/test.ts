import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findBrowser } from '../test/support/browser.ts';
import { electronExecutable } from './electron-runtime.ts';
import { lintCheck, type Ran, type RunOptions, run, typesCheck } from './run-command.ts';
import {
  type Counts,
  noCounts,
  playwrightCounts,
  sum,
  vitestCounts,
  withVerdict,
} from './test-counts.ts';
import { findTestFiles, withSlashes, withWords } from './test-files.ts';

/**
 * `npm test`: everything, one step after the other. `npm test -- WORD` runs only the tests whose
 * file's path has the word in it, and starts only the tools that have such a test. The last line, alone,
 * is the sum.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'test-results');
const filter = process.argv.slice(2);
const notRun: string[] = [];

async function main(): Promise<number> {
  const files = withWords(findTestFiles(root), filter);
  const some = { vitest: files.vitest.length > 0, playwright: files.playwright.length > 0 };
  if (!some.vitest && !some.playwright) {
    console.error(
      `No test file’s path has ${filter.map((word) => `"${word}"`).join(' or ')} in it: ` +
        'nothing was run. A word is a part of a path such as main/store/lock.test.ts.',
    );
    console.log('0 passed, 0 failed');
    return 2;
  }
  const steps = [
    ...(filter.length === 0 ? [() => quiet('types', typesCheck)] : []),
    ...(filter.length === 0 ? [() => quiet('lint and format', lintCheck)] : []),
    ...(some.vitest ? [() => vitest()] : []),
    ...(some.playwright ? [() => e2e()] : []),
  ];
  const all: Counts[] = [];
  for (const step of steps) all.push(await step());
  const total = sum(all);
  if (filter.length > 0) notRun.push('types and lint: a filter was given');
  notRun.push(
    electronExecutable(root) === null
      ? "the Electron window: Electron's runtime is not on this machine"
      : 'the Electron window: "npm run test:electron" does',
  );
  if (total.skipped > 0) notRun.push(`${total.skipped} tests that say so themselves (see above)`);
  console.log('\nnot run:');
  for (const line of notRun) console.log(`  ${line}`);
  // A file of tests that only the desktop window runs, for one.
  const nothing = total.passed + total.failed === 0;
  console.log(`\n${total.passed} passed, ${total.failed} failed`);
  return total.failed > 0 || nothing ? 1 : 0;
}

async function quiet(name: string, options: RunOptions): Promise<Counts> {
  heading(name);
  const ran = await run(options);
  if (!ran.ok) console.log(ran.output.trimEnd());
  return ended(ran, noCounts);
}

async function vitest(): Promise<Counts> {
  heading('guard, unit and integration');
  const file = join(results, 'vitest.json');
  rmSync(file, { force: true });
  const ran = await run({
    tool: 'vitest',
    args: [
      'run',
      '--passWithNoTests',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${file}`,
      ...filter.map(withSlashes),
    ],
    output: 'show',
  });
  return ended(ran, vitestCounts(file));
}

async function e2e(): Promise<Counts> {
  const browser = (await findBrowser())?.name ?? null;
  heading(`end to end in a real browser${browser === null ? '' : ` (${browser})`}`);
  if (browser === null) {
    // Without a browser the screens are unproven: that is a failure, and the words say how to mend it.
    console.log('No browser was found. Install Chrome, Chromium or Edge, or set GERAI_CHROMIUM.');
    return { ...noCounts, failed: 1 };
  }
  const file = join(results, 'e2e.json');
  rmSync(file, { force: true });
  const config = join(root, 'test', 'e2e', 'playwright.config.ts');
  const ran = await run({
    tool: 'playwright',
    args: [
      'test',
      '--config',
      config,
      '--pass-with-no-tests',
      '--reporter=list,json',
      ...filter.map(forPlaywright),
    ],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    output: 'show',
  });
  return ended(ran, playwrightCounts(file));
}

/** Playwright reads its filters as regular expressions. */
function forPlaywright(word: string): string {
  return withSlashes(word).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function heading(text: string): void {
  console.log(`\n== ${text}`);
}

function ended(ran: Ran, counts: Counts): Counts {
  const verdict = withVerdict(counts, ran.ok);
  console.log(`   ${ran.ok ? 'ok' : 'FAILED'} in ${ran.seconds.toFixed(1)} s`);
  return verdict;
}

process.exit(await main());
