import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../test/support/seeded-random.ts';
import { spellToken, tokenAlphabet } from './random.ts';
import { systemRandom } from './system-random.ts';

describe.each([
  ['system random', () => systemRandom()],
  ['seeded random', () => new SeededRandom(42)],
] as const)('%s', (_name, make) => {
  test('rule 7a: a token of 60 bits is twelve of A–Z and 0–9', () => {
    expect(make().token(60)).toMatch(/^[0-9A-Z]{12}$/);
  });

  test('rule 7a: a token never holds fewer bits than asked for', () => {
    const random = make();
    for (const bits of [1, 5, 6, 61, 64, 128]) {
      expect(random.token(bits).length * 5).toBeGreaterThanOrEqual(bits);
    }
  });

  test('rule 7a: no token of 60 bits comes twice', () => {
    const random = make();
    const tokens = new Set(Array.from({ length: 5_000 }, () => random.token(60)));
    expect(tokens.size).toBe(5_000);
  });

  test('fractions are in [0, 1) and not all on one side', () => {
    const random = make();
    const drawn = Array.from({ length: 2_000 }, () => random.fraction());
    expect(drawn.every((x) => x >= 0 && x < 1)).toBe(true);
    expect(drawn.filter((x) => x < 0.5).length).toBeGreaterThan(800);
    expect(drawn.filter((x) => x >= 0.5).length).toBeGreaterThan(800);
  });
});

test('every letter of the alphabet can come, and no other', () => {
  let next = 0;
  expect(spellToken(160, () => next++)).toBe(tokenAlphabet);
  expect(new Set(tokenAlphabet).size).toBe(32);
});

test('a token of no bits is a fault in the code', () => {
  expect(() => spellToken(0, () => 0)).toThrow('rule 7a');
  expect(() => spellToken(Number.NaN, () => 0)).toThrow('rule 7a');
});

test('the same seed draws the same, another seed does not', () => {
  expect(new SeededRandom(7).token(60)).toBe(new SeededRandom(7).token(60));
  expect(new SeededRandom(7).token(60)).not.toBe(new SeededRandom(8).token(60));
});
