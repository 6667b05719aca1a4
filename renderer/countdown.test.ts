import { expect, test } from 'vitest';
import { mono } from '../shared/time-text.ts';
import { formatLeft, leftNow } from './countdown.ts';

const customer = { leftMs: 55_000, totalMs: 55_000 };

test('rule 9: the countdown runs from what main sent, by the page’s monotonic clock', () => {
  expect(leftNow(customer, mono(1_000), mono(1_000))).toEqual({
    ms: 55_000,
    seconds: 55,
    share: 1,
  });
  expect(leftNow(customer, mono(1_000), mono(12_000))).toEqual({
    ms: 44_000,
    seconds: 44,
    share: 0.8,
  });
});

test('a view of a payment in its middle starts in its middle', () => {
  expect(leftNow({ leftMs: 11_000, totalMs: 55_000 }, mono(0), mono(0)).share).toBe(0.2);
});

test('zero is shown only when it is over, and never less', () => {
  expect(leftNow(customer, mono(0), mono(54_999)).seconds).toBe(1);
  expect(leftNow(customer, mono(0), mono(55_000)).seconds).toBe(0);
  expect(leftNow(customer, mono(0), mono(90_000))).toEqual({ ms: 0, seconds: 0, share: 0 });
});

test('a beat older than the view does not add time', () => {
  expect(leftNow(customer, mono(1_000), mono(900)).ms).toBe(55_000);
});

test('lengths are told in the largest fitting units', () => {
  const told = (ms: number, language: 'en' | 'id') =>
    formatLeft(ms, language).replaceAll('\u00a0', ' ');
  expect(told(7_200, 'en')).toBe('8 s');
  expect(told(130_000, 'en')).toBe('2 min 10 s');
  expect(told(125_000, 'id')).toBe('2 min 05 dtk');
  expect(told(4_200_000, 'en')).toBe('1 h 10 min');
});

test('no line breaks between a number and its unit', () => {
  for (const ms of [7_200, 130_000, 4_200_000]) expect(formatLeft(ms, 'en')).not.toContain(' ');
});
