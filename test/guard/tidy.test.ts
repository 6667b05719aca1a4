import { expect, test } from 'vitest';
import { readSources } from './sources.ts';

/** Marks that are meant to be gone before a change is handed over, each with what to do. */
const marks: readonly [RegExp, string][] = [
  [/@ts-(ignore|expect-error|nocheck)/, 'fix the type instead of silencing it'],
  [/biome-ignore(?!.*: \S)/, 'say why a rule does not hold here'],
  [/\b(TODO|FIXME|XXX)\b/, 'do it, or file an issue'],
  [/\bas any\b|<any>/, 'take unknown and parse it with a schema'],
  [/\bdebugger\b/, 'take the breakpoint out'],
  [/["'`(\s]\/(home|Users|work|root)\//, 'paths of one machine do not belong in the project'],
];

test('no leftover mark', () => {
  const folders = ['main', 'preload', 'renderer', 'shared', 'build', 'test'];
  const found: string[] = [];
  for (const [path, text] of readSources(folders, /\.(tsx?|mjs|css|html)$/)) {
    if (path === 'test/guard/tidy.test.ts') continue;
    text.split('\n').forEach((line, index) => {
      for (const [mark, remedy] of marks) {
        if (mark.test(line)) found.push(`${path}:${index + 1} ${line.trim()}: ${remedy}`);
      }
    });
  }
  expect(found).toEqual([]);
});
