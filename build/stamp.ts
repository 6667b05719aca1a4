import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** What a build is made of. */
const sources = [
  'main',
  'preload',
  'renderer',
  'shared',
  'build/browser-host',
  'build/build.ts',
  'vite.config.ts',
  'package.json',
  'package-lock.json',
];

/**
 * One hash over every file that a build is made of. By content, not by time: a checkout or a copy
 * gives files any time it likes.
 */
export function sourceStamp(root: string, forPackage: boolean): string {
  const hash = createHash('sha256').update(forPackage ? 'package' : 'development');
  for (const path of sources.flatMap((source) => filesBelow(root, source))) {
    hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  }
  return hash.digest('hex');
}

/** Relative paths with forward slashes, sorted; tests do not go into a build. */
function filesBelow(root: string, path: string): string[] {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return /\.test\.tsx?$/.test(path) ? [] : [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesBelow(root, `${path}/${name}`));
}
