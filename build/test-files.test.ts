import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { findTestFiles, withWords } from './test-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const files = {
  vitest: ['main/store/lock.test.ts', 'test/integration/start.test.ts'],
  playwright: ['test/e2e/kill.e2e.ts'],
};

test('the project’s own tests are found, for the tool that runs them', () => {
  const found = findTestFiles(root);
  expect(found.vitest).toContain('build/test-files.test.ts');
  expect(found.playwright).toContain('test/e2e/kill.e2e.ts');
  expect(found.vitest.filter((path) => path.includes('node_modules'))).toEqual([]);
});

test.each([
  [[], files],
  [['lock'], { vitest: ['main/store/lock.test.ts'], playwright: [] }],
  [['Main/', 'KILL'], { vitest: ['main/store/lock.test.ts'], playwright: files.playwright }],
  [['main\\store'], { vitest: ['main/store/lock.test.ts'], playwright: [] }],
  [['nothing-like-it'], { vitest: [], playwright: [] }],
])('with the words %j', (words, expected) => {
  expect(withWords(files, words)).toEqual(expected);
});

describe('npm test with a word that no test has', () => {
  test('says so first, runs nothing, and fails', () => {
    const script = fileURLToPath(new URL('test.ts', import.meta.url));
    const ran = spawnSync(process.execPath, [script, 'nothing-like-it'], { encoding: 'utf8' });
    expect(ran.status).toBe(2);
    expect(ran.stderr).toBe(
      'No test file’s path has "nothing-like-it" in it: nothing was run. ' +
        'A word is a part of a path such as main/store/lock.test.ts.\n',
    );
    expect(ran.stdout).toBe('0 passed, 0 failed\n');
  });
});
