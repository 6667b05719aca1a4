import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BuildTarget } from '../vite.config.ts';
import { sourceStamp } from './stamp.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Builds main, preload (for Electron and for the browser host) and the page below `outDir`. A package
 * has nothing of the browser host.
 */
export async function buildAll(target: BuildTarget): Promise<void> {
  const { build } = await import('vite');
  const configs = await import('../vite.config.ts');
  await Promise.all([
    build(configs.mainConfig(target)),
    build(configs.preloadConfig(target)),
    ...(target.forPackage ? [] : [build(configs.browserPreloadConfig(target))]),
    build(configs.rendererConfig(target)),
  ]);
}

/**
 * Builds into dist/ unless what stands there was made from exactly these sources.
 * Returns whether it had to.
 */
export async function buildIfNeeded(forPackage = false): Promise<boolean> {
  const outDir = join(root, 'dist');
  const stampFile = join(outDir, 'stamp');
  const wanted = sourceStamp(root, forPackage);
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted) return false;
  // Without its stamp a build that breaks off half-way is not taken for a whole one.
  rmSync(stampFile, { force: true });
  await buildAll({ outDir, forPackage });
  mkdirSync(outDir, { recursive: true });
  writeFileSync(stampFile, wanted);
  return true;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const built = await buildIfNeeded(process.argv.includes('--package'));
  console.log(built ? 'built' : 'nothing to build');
}
