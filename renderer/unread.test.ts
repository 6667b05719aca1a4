import { expect, test } from 'vitest';
import { mono } from '../shared/time-text.ts';
import { isUnread, screenCame, textCame, unreadMs } from './unread.ts';

test('a screen that has just come takes no Enter, and takes it once it can have been read', () => {
  screenCame(mono(1_000), false);
  expect([isUnread(mono(1_000)), isUnread(mono(1_000 + unreadMs - 1))]).toEqual([true, true]);
  expect(isUnread(mono(1_000 + unreadMs))).toBe(false);
});

test('with the first text it takes Enter at once; the next screen begins anew', () => {
  screenCame(mono(1_000), false);
  textCame();
  expect(isUnread(mono(1_001))).toBe(false);
  screenCame(mono(1_100), false);
  expect(isUnread(mono(1_101))).toBe(true);
});

test('what was typed ahead was meant for the new payment', () => {
  textCame();
  screenCame(mono(1_000), true);
  expect(isUnread(mono(1_001))).toBe(false);
});
