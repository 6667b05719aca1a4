import { expect, test } from 'vitest';
import { handedKey } from './handed-key.ts';

/** A starting process that says one thing, or ends without a word. */
const parent = (says: unknown) => ({
  connected: true,
  onMessage: (heard: (message: unknown) => void) => {
    if (says !== undefined) heard(says);
  },
  onEnd: (heard: () => void) => heard(),
});

test('rule 25: the app key comes over the channel from the starting process', async () => {
  expect(await handedKey(parent({ appKey: 'planted' }))).toBe('planted');
});

test.each([
  [{ appKey: null }],
  [{ appKey: 5 }],
  ['planted'],
  [{ appKey: 'a', more: 1 }],
  [undefined],
])('anything else is no key: %j', async (message) => {
  expect(await handedKey(parent(message))).toBeUndefined();
});

test('started by nobody, there is none', async () => {
  const alone = { ...parent({ appKey: 'planted' }), connected: false };
  expect(await handedKey(alone)).toBeUndefined();
});
