import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Packages that the page loads, and the files that lead to each. Type-only imports load nothing. */
function loaded(file: string, known = new Map<string, string>()): Map<string, string> {
  const text = readFileSync(join(root, file), 'utf8');
  for (const [, what = ''] of text.matchAll(
    /^(?:import|export)(?! type)(?:[^;']* from)? '([^']+)';/gm,
  )) {
    if (known.has(what) || what.endsWith('.css')) continue;
    if (!what.startsWith('.')) known.set(what, file);
    else {
      const next = join(dirname(file), what);
      if (known.has(next)) continue;
      known.set(next, file);
      loaded(next, known);
    }
  }
  return known;
}

test('the page loads React, zustand and nothing else: what parses stays in preload and main', () => {
  const packages = [...loaded('renderer/main.tsx').keys()].filter((name) => !name.includes('.ts'));
  expect(packages.sort()).toEqual(['react', 'react-dom/client', 'zustand']);
});
