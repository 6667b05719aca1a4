import { expect, test } from 'vitest';
import { languageOfLocale, shellWords } from './words.ts';

test('values are filled in, and a missing one is seen', () => {
  expect(shellWords('en', 'close.refused', { seconds: 5 })).toContain('in 5 seconds');
  expect(shellWords('id', 'close.refused')).toContain('{seconds}');
});

test.each([
  ['id', 'id'],
  ['id-ID', 'id'],
  ['in_ID', 'id'],
  ['en-US', 'en'],
  ['idx', 'en'],
  ['', 'en'],
])('a system in %j is spoken to in %s', (locale, language) => {
  expect(languageOfLocale(locale)).toBe(language);
});
