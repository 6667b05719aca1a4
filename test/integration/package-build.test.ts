import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAll } from '../../build/build.ts';
import { testClockMarker } from '../../main/platform/test-clock.ts';
import { temporaryFolder } from '../support/stub-till.ts';

/** What customers get has no test clock in it; what tests run has one. */

/** Words that only the test clock brings into a bundle. */
const marks = [testClockMarker, 'GERAI_TEST_CLOCK', 'TestClockRefused'];
let folder: ReturnType<typeof temporaryFolder>;

beforeAll(async () => {
  folder = temporaryFolder();
  await Promise.all([
    buildAll({ outDir: join(folder.path, 'development'), forPackage: false }),
    buildAll({ outDir: join(folder.path, 'package'), forPackage: true }),
  ]);
}, 120_000);

afterAll(() => folder.remove());

/** The text of all scripts of a build, together. */
function scripts(build: string, part = ''): string {
  const top = join(folder.path, build, part);
  return readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.c?js$/.test(path))
    .map((path) => readFileSync(join(top, path), 'utf8'))
    .join('\n');
}

test.each(marks)('a package has no "%s" in it, a development build has', (mark) => {
  expect(scripts('package').includes(mark)).toBe(false);
  expect(scripts('development').includes(mark)).toBe(true);
});

test('the preload is one CommonJS file that asks for electron alone', () => {
  expect(readdirSync(join(folder.path, 'package', 'preload'))).toEqual(['preload.cjs']);
  const asked = scripts('package', 'preload').matchAll(/require\(["'`]([^"'`]+)["'`]\)/g);
  expect([...new Set([...asked].map((one) => one[1]))]).toEqual(['electron']);
});

test('main keeps native and runtime modules outside, and everything else inside', () => {
  const asked = scripts('package', 'main').matchAll(/^import .*?["']([^"']+)["'];?$/gm);
  const outside = [...new Set([...asked].map((one) => one[1] ?? ''))];
  const builtin = (name: string) => name.startsWith('node:') || builtinModules.includes(name);
  const allowed = (name: string) => builtin(name) || ['better-sqlite3', 'electron'].includes(name);
  expect(outside.filter((name) => !allowed(name))).toEqual([]);
});

test('the page has no inline script or style', () => {
  const page = readFileSync(join(folder.path, 'package', 'renderer', 'index.html'), 'utf8');
  expect(page).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=/);
});
