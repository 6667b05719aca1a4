import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sourceStamp } from './stamp.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gerai-stamp-'));
  mkdirSync(join(root, 'main'));
  writeFileSync(join(root, 'main/a.ts'), 'one');
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

test('any source that is changed, added or renamed asks for a build', () => {
  const stamps = [sourceStamp(root, false)];
  writeFileSync(join(root, 'main/a.ts'), 'two');
  stamps.push(sourceStamp(root, false));
  writeFileSync(join(root, 'main/b.ts'), '');
  stamps.push(sourceStamp(root, false));
  renameSync(join(root, 'main/b.ts'), join(root, 'main/c.ts'));
  stamps.push(sourceStamp(root, false));
  expect(new Set(stamps).size).toBe(stamps.length);
});

test('a test, or a file written again as it was, does not', () => {
  const before = sourceStamp(root, false);
  writeFileSync(join(root, 'main/a.ts'), 'one');
  writeFileSync(join(root, 'main/a.test.ts'), 'test');
  expect(sourceStamp(root, false)).toBe(before);
});

test('a package and a development build are not taken for each other', () => {
  expect(sourceStamp(root, true)).not.toBe(sourceStamp(root, false));
});
