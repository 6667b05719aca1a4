import { expect, test } from 'vitest';
import { comparePhone } from './phone-match.ts';

const ours = '081234567890';

test.each([
  ['081234567890', 'same'],
  ['6281234567890', 'same'],
  ['+6281234567890', 'same'],
  ['+62 812-3456-7890', 'same'],
  ['81234567890', 'same'], // as a JSON number, without its zero
  ['62081234567890', 'same'],
  ['********7890', 'same'],
  ['0812****7890', 'same'],
  ['0812-••••-7890', 'same'],
  ['62812xxxx7890', 'same'],
  ['****7890', 'same'], // a mask of a length of its own
  ['0812XX7890', 'same'],
  ['081234567891', 'other'],
  ['08123456789', 'other'],
  ['0812345678900', 'other'],
  ['********7891', 'other'],
  ['0813****7890', 'other'],
  ['0813**7890', 'other'],
  ['**5**7890', 'other'],
  ['60812345678', 'other'],
  ['0812345678901***4567890', 'other'],
  ['', 'nothing'],
  ['-', 'nothing'],
  ['N/A', 'nothing'],
  ['************', 'nothing'],
])('%s is %s', (theirs, expected) => {
  expect(comparePhone(theirs, ours)).toBe(expected);
});
