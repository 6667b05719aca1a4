import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stories } from '../../main/training/stories.ts';
import { keyList } from '../../renderer/keys.ts';
import { en } from '../../shared/words/en.ts';
import { messagesInMarkdown } from '../../shared/words/messages.ts';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');

/** What stands between the two marks of this name. */
function section(name: string): string {
  const [, inside] =
    new RegExp(`<!-- ${name} -->\\n([\\s\\S]*?)<!-- /${name} -->`).exec(readme) ?? [];
  return inside ?? '';
}

test('README shows every training story, in the words of the table', () => {
  const rows = stories.map(({ digits, words }) => `| ${digits} | ${words} |\n`);
  expect(section('stories')).toBe(['| digits | what happens |\n', '|---|---|\n', ...rows].join(''));
});

test('README has every key of the till on one card, in the words of the screen', () => {
  const rows = keyList.map(([key, words]) => `| ${key} | ${en[words]} |\n`);
  expect(section('keys')).toBe(['| key | what it does |\n', '|---|---|\n', ...rows].join(''));
});

test('README says of every message what it means and what to do, as the catalogue has it', () => {
  expect(section('messages')).toBe(messagesInMarkdown());
});

test('README names every script that a person runs, and no other', () => {
  const scripts: unknown = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ).scripts;
  const named = new Set(
    [...readme.matchAll(/npm (?:run ([a-z:]+)|(start|test))/g)].map(([, run, own]) => run ?? own),
  );
  for (const name of named) expect(Object.keys(scripts as object)).toContain(name);
  for (const name of Object.keys(scripts as object))
    expect(named, 'named in README').toContain(name);
});
