import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import type { InlineConfig } from 'vite';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

/** What one build is for: where it is written, and whether it is what customers get. */
export interface BuildTarget {
  readonly outDir: string;
  /** A package has no test clock in it: the code behind `__TEST_CLOCK__` is dropped. */
  readonly forPackage: boolean;
}

/** Shared by all four builds. None reads a config file: a build is what is written here. */
function common(target: BuildTarget, folder: string): InlineConfig {
  return {
    configFile: false,
    root,
    mode: 'production',
    logLevel: 'warn',
    define: { __TEST_CLOCK__: target.forPackage ? 'false' : 'true' },
    build: {
      outDir: join(target.outDir, folder),
      emptyOutDir: true,
      reportCompressedSize: false,
      // Read from the disk of the same machine: one file of a megabyte is no matter.
      chunkSizeWarningLimit: 4000,
      sourcemap: false,
    },
  };
}

/** Four builds at once make each other look slow: no advice on that. */
const checks = { bundlerTimings: false };

const builtins = [...builtinModules, ...builtinModules.map((name) => `node:${name}`)];

/**
 * The main process as ES modules: main.js for Electron's shell, and outside a package till.js for the
 * browser host. Native and runtime modules stay outside, the rest is inside.
 */
export function mainConfig(target: BuildTarget): InlineConfig {
  const base = common(target, 'main');
  const shell = { main: join(root, 'main/electron/main.ts') };
  const till = { till: join(root, 'main/till.ts') };
  return {
    ...base,
    ssr: { noExternal: true, external: ['better-sqlite3', 'electron', ...builtins] },
    build: {
      ...base.build,
      ssr: true,
      target: 'node24',
      minify: false,
      rolldownOptions: {
        checks,
        input: target.forPackage ? shell : { ...shell, ...till },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: 'both-[hash].js',
          comments: { legal: true, annotation: false, jsdoc: false },
        },
      },
    },
  };
}

/** A sandboxed preload has to be one CommonJS file. */
export function preloadConfig(target: BuildTarget): InlineConfig {
  return {
    ...common(target, 'preload'),
    build: {
      ...common(target, 'preload').build,
      target: 'chrome140',
      minify: false,
      lib: {
        entry: join(root, 'preload/preload.ts'),
        formats: ['cjs'],
        fileName: () => 'preload.cjs',
      },
      rolldownOptions: { checks, external: ['electron'] },
    },
  };
}

/** The same preload for a browser: one classic script, with Electron's two doors played by a shim. */
export function browserPreloadConfig(target: BuildTarget): InlineConfig {
  return {
    ...common(target, 'browser-host'),
    resolve: { alias: { electron: join(root, 'build/browser-host/electron-shim.ts') } },
    build: {
      ...common(target, 'browser-host').build,
      target: 'es2023',
      minify: false,
      lib: {
        entry: join(root, 'preload/preload.ts'),
        formats: ['iife'],
        name: 'geraiPreload',
        fileName: () => 'preload.js',
      },
      rolldownOptions: { checks },
    },
  };
}

/** The page: no inline script or style, so that the strictest policy can hold. */
export function rendererConfig(target: BuildTarget): InlineConfig {
  return {
    ...common(target, 'renderer'),
    root: join(root, 'renderer'),
    base: './',
    plugins: [react()],
    build: {
      ...common(target, 'renderer').build,
      target: 'es2023',
      // A file inside the page's text would need `data:` or inline rights.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rolldownOptions: { checks },
    },
  };
}

const never = ['**/node_modules/**', '**/dist/**', '**/release/**'];

/** Vitest's part. The e2e tests are Playwright's, see test/e2e/playwright.config.ts. */
export default defineConfig({
  test: {
    watch: false,
    projects: [
      {
        test: {
          name: 'unit',
          // A third faster than processes, and no unit test needs a process of its own.
          pool: 'threads',
          // Nor a fresh set of modules, which took two thirds of the whole run's time: what a test
          // changes outside itself, it puts back.
          isolate: false,
          include: [
            '{main,preload,renderer,shared,build}/**/*.test.{ts,tsx}',
            'test/{guard,support}/**/*.test.ts',
          ],
          exclude: never,
        },
      },
      {
        test: {
          name: 'integration',
          include: ['test/{integration,electron}/**/*.test.ts'],
          exclude: never,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
});
