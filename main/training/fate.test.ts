import { describe, expect, test } from 'vitest';
import type { BookPayment, BookState } from './books.ts';
import { firstState, isKnown, nextStep, truth } from './fate.ts';
import { storyOf } from './stories.ts';

const payment = (state: BookState, code: string | null = null): BookPayment => ({
  id: 1,
  tid: 'TRAIN001',
  batchSent: '"240321"',
  referenceSent: '"1"',
  batch: 240_321,
  reference: 1,
  invoice: 'TRAIN001-1',
  phone: '081234560001',
  amount: 12_500,
  pushDate: '2021-03-24 17:34:00.000',
  story: '0001',
  receivedAt: 0,
  state,
  code,
  chargedAt: null,
  endedAt: null,
  reversedAt: null,
  voidedAt: null,
  reversalsSeen: 0,
});
const of = (digits: string) => storyOf(`08123456${digits}`);

describe('what happens next', () => {
  test.each([
    ['0001', 'pending', { afterMs: 3_000, does: 'approves' }],
    ['0002', 'pending', { afterMs: 3_000, does: 'declines' }],
    ['0005', 'pending', { afterMs: 60_000, does: 'expires' }],
    ['7890', 'pending', { afterMs: 60_000, does: 'expires' }],
    ['0021', 'onItsWay', { afterMs: 63_000, does: 'arrives' }],
    ['0021', 'pending', { afterMs: 64_000, does: 'approves' }],
    ['0022', 'pending', { afterMs: 30_000, does: 'isTakenBack' }],
    ['0020', 'lost', null],
    ['0001', 'charged', null],
    ['0001', 'reversed', null],
  ] as const)('story %s, %s', (digits, state, step) => {
    expect(nextStep(payment(state), of(digits))).toEqual(step);
  });
});

describe('how a push enters the books', () => {
  test.each([
    ['0001', 'pending', true],
    ['0003', 'declined', true],
    ['0011', 'refused', false],
    ['0020', 'lost', false],
    ['0021', 'onItsWay', false],
    ['9073', 'reversed', true],
  ] as const)('story %s: %s', (digits, state, known) => {
    const first = firstState(of(digits));
    expect(first.state).toBe(state);
    expect(isKnown(payment(first.state))).toBe(known);
  });
});

test('the code that tells what the books say', () => {
  const states = ['pending', 'charged', 'reversed', 'voided', 'expired', 'lost'] as const;
  expect(states.map((state) => truth(payment(state)))).toEqual([
    '68',
    '00',
    '73',
    '73',
    '40',
    '25',
  ]);
  expect(truth(payment('declined', '61'))).toBe('61');
});
