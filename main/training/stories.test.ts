import { expect, test } from 'vitest';
import { responseCodes } from '../../shared/ovo/response-codes.ts';
import { sessionMs, stories, storyByHand, storyOf } from './stories.ts';

test('every story has four digits of its own and words', () => {
  const digits = stories.map((story) => story.digits);
  expect(new Set(digits).size).toBe(digits.length);
  for (const story of stories) {
    expect(story.digits).toMatch(/^\d{4}$/);
    expect(story.words).toMatch(/\w.*\.$/);
  }
});

test('every response code, and one that no list knows, answers some push', () => {
  const answered = stories.flatMap((story) => {
    if (story.fate.kind === 'refused') return [story.fate.code];
    if (story.answer.when !== 'never' && story.answer.form === 'pending') return ['68'];
    return story.fate.kind === 'declines' ? ['17'] : ['00'];
  });
  for (const code of [...Object.keys(responseCodes), 'ZZ']) expect(answered).toContain(code);
});

test('90NN answers NN; the codes in letters are 9101 to 9104', () => {
  expect(storyOf('081234569061').fate).toEqual({ kind: 'refused', code: '61', known: true });
  const lettered = ['9101', '9102', '9103', '9104'].map(
    (digits) => storyOf(`08123456${digits}`).fate,
  );
  expect(lettered).toEqual(
    ['BR', 'EB', 'ER', 'ZZ'].map((code) => ({ kind: 'refused', code, known: code === 'ZZ' })),
  );
});

test('the last four digits choose; any other number is decided by hand', () => {
  expect(storyOf('08120001').digits).toBe('0001');
  expect(storyOf('0812000100010').digits).toBe('0010');
  expect(storyOf('081234567890')).toBe(storyByHand);
  expect(storyOf('081234569099')).toBe(storyByHand);
});

test('a customer never decides after the session has ended', () => {
  for (const { fate, arrivesAfterMs } of stories) {
    if (fate.kind !== 'approves' && fate.kind !== 'declines') continue;
    const sinceArrival = fate.afterMs - (arrivesAfterMs ?? 0);
    expect(sinceArrival).toBeGreaterThanOrEqual(0);
    expect(sinceArrival).toBeLessThan(sessionMs);
  }
});
