import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0 };

const Vitest = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

const Playwright = z.object({
  stats: z.object({
    expected: z.number(),
    unexpected: z.number(),
    flaky: z.number(),
    skipped: z.number(),
  }),
});

/** Reads vitest's JSON report. A file that could not even be loaded counts as one failure. */
export function vitestCounts(file: string): Counts {
  const report = Vitest.safeParse(jsonOf(file));
  if (!report.success) return noCounts;
  const { data } = report;
  const unloaded = data.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0,
  );
  return {
    passed: data.numPassedTests,
    failed: data.numFailedTests + unloaded.length,
    skipped: data.numPendingTests + data.numTodoTests,
  };
}

/** Reads Playwright's JSON report. There are no retries, so a flaky test is a failed one. */
export function playwrightCounts(file: string): Counts {
  const report = Playwright.safeParse(jsonOf(file));
  if (!report.success) return noCounts;
  const { expected, unexpected, flaky, skipped } = report.data.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}

/** A step that failed without saying which test did (types, lint, a crash) is one failure more. */
export function withVerdict(counts: Counts, ok: boolean): Counts {
  return ok || counts.failed > 0 ? counts : { ...counts, failed: 1 };
}

export function sum(all: readonly Counts[]): Counts {
  return all.reduce(
    (total, one) => ({
      passed: total.passed + one.passed,
      failed: total.failed + one.failed,
      skipped: total.skipped + one.skipped,
    }),
    noCounts,
  );
}

function jsonOf(file: string): unknown {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}
