import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noCounts, playwrightCounts, sum, vitestCounts, withVerdict } from './test-counts.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gerai-counts-'));
  file = join(folder, 'report.json');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a test file that could not be loaded is a failure, though no test in it failed', () => {
  const report = {
    numPassedTests: 5,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 0,
    testResults: [
      { status: 'passed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [{}] },
      { status: 'failed', assertionResults: [] },
    ],
  };
  writeFileSync(file, JSON.stringify(report));
  expect(vitestCounts(file)).toEqual({ passed: 5, failed: 2, skipped: 2 });
});

test('a flaky browser test is a failed one', () => {
  writeFileSync(
    file,
    JSON.stringify({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 0 } }),
  );
  expect(playwrightCounts(file)).toEqual({ passed: 3, failed: 2, skipped: 0 });
});

test('a report that is not there counts nothing, and the step that left none has failed', () => {
  expect(vitestCounts(file)).toEqual(noCounts);
  writeFileSync(file, '{"stats"');
  expect(playwrightCounts(file)).toEqual(noCounts);
  expect(withVerdict(noCounts, false).failed).toBe(1);
});

test('a failure is counted once', () => {
  const counts = { passed: 1, failed: 2, skipped: 0 };
  expect(withVerdict(counts, false)).toEqual(counts);
  expect(sum([counts, counts, noCounts])).toEqual({ passed: 2, failed: 4, skipped: 0 });
});
