import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { electronExecutable, electronRemedy, findElectron } from './electron-runtime.ts';

const hour = 3_600_000;
let root: string;
let tries: number;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gerai-electron-'));
  mkdirSync(join(root, 'node_modules/electron/dist'), { recursive: true });
  tries = 0;
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function install(): void {
  writeFileSync(join(root, 'node_modules/electron/path.txt'), 'electron');
  writeFileSync(join(root, 'node_modules/electron/dist/electron'), '');
}

const fails = async () => {
  tries += 1;
  return false;
};

test('its program is found where the package says', () => {
  expect(electronExecutable(root)).toBeNull();
  install();
  expect(electronExecutable(root)).toBe(join(root, 'node_modules/electron/dist/electron'));
});

test('a runtime that is here is not fetched', async () => {
  install();
  const found = await findElectron({ root, nowMs: 0, fetch: fails });
  expect([found.present, tries]).toEqual([true, 0]);
});

test('one that can be fetched is fetched', async () => {
  const fetch = async () => {
    install();
    return true;
  };
  expect((await findElectron({ root, nowMs: 0, fetch })).present).toBe(true);
});

test('a failed try is remembered for a day', async () => {
  for (const nowMs of [0, hour, 23 * hour, 25 * hour]) {
    expect((await findElectron({ root, nowMs, fetch: fails })).present).toBe(false);
  }
  expect(tries).toBe(2);
});

test('a clock that was set back does not make the memory last', async () => {
  await findElectron({ root, nowMs: 1000 * hour, fetch: fails });
  await findElectron({ root, nowMs: 0, fetch: fails });
  expect(tries).toBe(2);
});

test('a memory that cannot be read is none', async () => {
  mkdirSync(join(root, 'dist'));
  writeFileSync(join(root, 'dist/electron-try.json'), '{"at":');
  await findElectron({ root, nowMs: 0, fetch: fails });
  expect(tries).toBe(1);
});

test('where the window cannot be had, what to do is said: fetch the runtime, or find a screen', () => {
  expect(electronRemedy({ present: false })).toContain('node node_modules/electron/install.js');
  expect(electronRemedy({ present: true })).toContain('xvfb-run npm run test:electron');
});
