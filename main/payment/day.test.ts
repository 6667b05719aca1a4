import { describe, expect, test } from 'vitest';
import { instant, instantInDay, JakartaDay, mono } from '../../shared/time.ts';
import { someTerminal, usualRules } from '../../test/support/life.ts';
import { ordered } from './begin.ts';
import { guardClosed, mayLeave } from './day.ts';
import { limits } from './limits.ts';
import { pauseMs } from './reversing.ts';
import type { Moment, StateOf } from './types.ts';

const day = JakartaDay.parse('2021-03-24');

function at(clock: string, more: Partial<Moment> = {}): Moment {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return {
    mono: mono(1_000),
    wall: instantInDay(day, (hours * 3_600 + minutes * 60 + seconds) * 1_000),
    offsetMs: 0,
    heard: true,
    notFoundTrusted: true,
    roll: 0,
    ...more,
  };
}

const payment = ordered(
  {
    id: 1 as never,
    amount: 1 as never,
    phone: '0812' as never,
    rules: usualRules,
    ...someTerminal,
  },
  at('10:00:00'),
);

describe('rule 16: with the connection up, may a reversal still leave?', () => {
  test('until 23:58:59, not from then on', () => {
    expect(mayLeave(payment, 'reversal', at('23:58:58.999'))).toBe(true);
    expect(mayLeave(payment, 'reversal', at('23:58:59'))).toBe(false);
    expect(mayLeave(payment, 'reversal', at('23:59:59'))).toBe(false);
  });

  test('never on another day, by the later of the two clocks (26a)', () => {
    const nextDay = at('00:00:01', { wall: instant(at('00:00:01').wall + 86_400_000) });
    expect(mayLeave(payment, 'reversal', nextDay)).toBe(false);
    expect(mayLeave(payment, 'reversal', at('23:50:00', { offsetMs: 600_000 }))).toBe(false);
    expect(mayLeave(payment, 'reversal', at('23:58:58', { offsetMs: -600_000 }))).toBe(true);
    expect(mayLeave(payment, 'reversal', at('23:59:30', { offsetMs: -600_000 }))).toBe(false);
  });

  test('a check may always leave', () => {
    expect(mayLeave(payment, 'statusCheck', at('23:59:30'))).toBe(true);
  });
});

describe('rule 17: at t = 0, may the push still leave?', () => {
  test('not once the guard is closed', () => {
    expect(mayLeave(payment, 'pushToPay', at('23:55:59.999'))).toBe(true);
    expect(mayLeave(payment, 'pushToPay', at('23:56:00'))).toBe(false);
  });

  test("not on another day than its number's", () => {
    const nextDay = at('00:00:01', { wall: instant(at('00:00:01').wall + 86_400_000) });
    expect(mayLeave(payment, 'pushToPay', nextDay)).toBe(false);
  });

  test('the guard can be earlier by setting, and never later', () => {
    expect(guardClosed(at('23:30:00'), limits.midnightGuardMs - 26 * 60_000)).toBe(true);
    expect(guardClosed(at('23:57:00'), limits.midnightGuardMs + 120_000)).toBe(true);
  });

  test('OVO already in the next day: the numbers would belong to a day that is over', () => {
    expect(guardClosed(at('15:00:00', { offsetMs: 86_400_000 }), limits.midnightGuardMs)).toBe(
      true,
    );
  });
});

describe('rule 13: the pauses between reversals', () => {
  const pause = (reversals: number, sinceMs = 0, roll = 0.999_999): number =>
    pauseMs(
      { reversals, since: mono(0) } as StateOf<'reversing'>,
      at('10:00:00', { mono: mono(sinceMs), roll }),
    );

  test('grow from between one and two seconds', () => {
    expect([1, 2, 3, 4, 5].map((n) => pause(n))).toEqual([2_000, 4_000, 8_000, 16_000, 30_000]);
    expect(pause(1, 0, 0)).toBe(1_000);
  });

  test('up to 30 s in the first ten minutes, up to 5 min after that', () => {
    expect(pause(40, 599_999)).toBe(30_000);
    expect(pause(40, 600_000)).toBe(300_000);
  });

  test('with jitter: between half and all of it, so that tills do not march in step', () => {
    expect(pause(10, 0, 0)).toBe(15_000);
    expect(pause(10, 0, 0.5)).toBe(22_500);
  });
});
