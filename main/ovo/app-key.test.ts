import { format, inspect } from 'node:util';
import { expect, test } from 'vitest';
import { AppKey } from './app-key.ts';

const secret = 'key-that-must-not-show-0123456789';
const key = new AppKey(secret);

test('rule 25: the app key shows in no form of print', () => {
  const prints = [
    `${key}`,
    String(key),
    JSON.stringify({ key }),
    inspect({ key }, { depth: 9, showHidden: true, customInspect: true }),
    inspect(key, { showHidden: true, customInspect: false }),
    format('%s %o %j', key, key, key),
    JSON.stringify(Object.entries(key)),
    JSON.stringify(structuredClone({ ...key })),
  ];
  for (const print of prints) expect(print).not.toContain(secret);
  expect(`${key}`).toBe('[app key]');
  expect(key.use()).toBe(secret);
});

test.each(['', 'with space', 'line\nbreak', 'ünicode', 'nul\0'])(
  'a key that cannot be one is refused, and the refusal does not repeat it: %j',
  (bad) => {
    const refusal = () => new AppKey(bad);
    expect(refusal).toThrow('the app key is empty or holds a character');
    if (bad !== '') {
      expect(refusal).not.toThrow(bad);
    }
  },
);
