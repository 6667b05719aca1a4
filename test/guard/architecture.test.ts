import { describe, expect, test } from 'vitest';
import { faults, unusedDoors } from './architecture.ts';
import { readSources } from './sources.ts';

const layers = ['main', 'preload', 'renderer', 'shared'];

const sources = readSources(layers, /^(?!.*\.test\.tsx?$).*\.tsx?$/);

test('the sources keep to the layers, go through the doors, and have no circle', () => {
  expect(sources.size).toBeGreaterThan(20);
  expect(faults(sources)).toEqual([]);
});

test('every file that is named for a door still needs it', () => {
  expect(unusedDoors(sources)).toEqual([]);
});

/** What the guard says of one file, or of several. */
function said(files: Record<string, string>): string[] {
  return faults(new Map(Object.entries(files)));
}

describe('layers', () => {
  test.each([
    ['shared/a.ts', '../main/b.ts'],
    ['renderer/a.tsx', '../main/b.ts'],
    ['renderer/a.tsx', '../preload/b.ts'],
    ['preload/a.ts', '../renderer/b.ts'],
    ['main/a.ts', '../renderer/b.ts'],
    ['main/a.ts', '../build/b.ts'],
    ['main/payment/a.ts', '../store/b.ts'],
    ['main/payment/a.ts', '../platform/clock.ts'],
  ])('%s may not import %s', (path, from) => {
    const [fault = ''] = said({ [path]: `import { b } from '${from}';` });
    expect(fault).toContain(`${path}:1 imports`);
    expect(fault).toContain(
      from
        .replace(/^\.\.\//, '')
        .split('/')
        .pop(),
    );
  });

  test.each([
    ['shared/a.ts', 'node:path'],
    ['shared/a.ts', 'react'],
    ['renderer/a.tsx', 'zod'],
    ['renderer/a.tsx', 'electron'],
    ['renderer/a.tsx', 'node:fs'],
    ['main/payment/a.ts', 'zod'],
    ['main/payment/a.ts', 'node:crypto'],
    ['main/a.ts', 'lodash'],
    ['main/a.ts', 'zodiac'],
  ])('%s may not use %s', (path, from) => {
    expect(said({ [path]: `import { b } from '${from}';` })[0]).toContain(`imports ${from}`);
  });

  test.each([
    ["export * from '../main/b.ts';"],
    ["export { b } from '../main/b.ts';"],
    ["import type { B } from '../main/b.ts';"],
    ["import { type B } from '../main/b.ts';"],
    ["const b = await import('../main/b.ts');"],
    ["import '../main/b.ts';"],
  ])('however it is written: %s', (text) => {
    expect(said({ 'shared/a.ts': text })).toHaveLength(1);
  });

  test('what is allowed is allowed', () => {
    expect(
      said({
        'renderer/a.tsx': "import '@fontsource-variable/inter'; import './a.css';",
        'renderer/b.tsx': "import { createRoot } from 'react-dom/client';",
        'shared/a.ts': "import { z } from 'zod';",
        'main/payment/a.ts': "import { missingCase } from '../../shared/never.ts';",
        'main/a.ts': "import { join } from 'node:path'; import { createHmac } from 'node:crypto';",
        'main/b.ts': "import type { Server } from 'node:http';",
      }),
    ).toEqual([]);
  });

  test('a new top-level folder is an error until somebody says what it may see', () => {
    expect(said({ 'other/a.ts': "import './b.ts';" })[0]).toContain('belongs to no layer');
  });
});

describe('doors', () => {
  test.each([
    ['const at = Date.now();', 'Clock'],
    ['const at = new Date();', 'Clock'],
    ['const at = globalThis.Date.now();', 'Clock'],
    ['const { now } = Date;', 'Clock'],
    ['const at = performance.now();', 'Clock'],
    ['setTimeout(() => undefined, 5);', 'Clock'],
    ['globalThis.setInterval(() => undefined, 5);', 'Clock'],
    ["import { setTimeout } from 'node:timers/promises';", 'Clock'],
    ['const at = process.hrtime();', 'Clock'],
    ['const chance = Math.random();', 'Random'],
    ['const { random } = Math;', 'Random'],
    ["const chance = Math['random']();", 'Random'],
    ["import { randomBytes } from 'node:crypto';", 'Random'],
    ["import * as crypto from 'node:crypto';", 'Random'],
    ['const id = crypto.randomUUID();', 'Random'],
    ["import { readFileSync } from 'node:fs';", 'Store'],
    ["import { readFileSync } from 'fs';", 'Store'],
    ["import Database from 'better-sqlite3';", 'Store'],
    ["import log from 'electron-log/node';", 'Log'],
    ["import axios from 'axios';", 'OvoWire'],
    ["import { connect } from 'node:net';", 'OvoWire'],
    ['const got = await fetch(url);', 'OvoWire'],
    ['const socket = new WebSocket(url);', 'OvoWire'],
    ['navigator.sendBeacon(url);', 'OvoWire'],
    ["import { app } from 'electron';", 'Host'],
    ["import { spawn } from 'node:child_process';", 'one process'],
    ["const f = new Function('');", 'runs no text as code'],
  ])('%s', (text, remedy) => {
    const found = said({ 'main/a.ts': text });
    const fault = found.find((one) => one.includes(remedy));
    expect(fault, found.join('\n')).toContain('main/a.ts:1 ');
  });

  test.each([
    ['const text = new Date(at).toISOString();'],
    ['const at = Date.UTC(2026, 0, 1);'],
    ['const most = Math.max(1, 2);'],
    ['interface A { fetch(): void; performance: number }'],
    ['const wire = { fetch: 1 }; const one = wire.fetch;'],
    ['type Fetch = typeof fetch;'],
    ['const dated = value instanceof Date;'],
    ["import type Database from 'better-sqlite3';"],
    ["import { createHmac, timingSafeEqual } from 'node:crypto';"],
  ])('is no door: %s', (text) => {
    expect(said({ 'main/a.ts': text })).toEqual([]);
  });

  test('the named files may', () => {
    expect(
      said({
        'main/platform/system-clock.ts': 'const at = Date.now();',
        'main/platform/system-random.ts': "import { randomBytes } from 'node:crypto';",
        'main/store/store.ts': "import Database from 'better-sqlite3';",
        'main/ovo/wire.ts': "import axios from 'axios';",
        'preload/preload.ts': "import { ipcRenderer } from 'electron';",
        'renderer/ticker.ts': 'const at = performance.now();',
      }),
    ).toEqual([]);
  });

  test('the renderer has no connection and no clock of its own', () => {
    expect(said({ 'renderer/a.tsx': "await fetch('/x'); setInterval(tick, 9);" })).toHaveLength(2);
  });
});

describe('circles', () => {
  test('two files that need each other', () => {
    const [fault] = said({
      'main/a.ts': "import { b } from './b.ts';",
      'main/b.ts': "import { a } from './a.ts';",
    });
    expect(fault).toContain('main/a.ts → main/b.ts → main/a.ts is a circle');
  });

  test('a longer one, closed by a type', () => {
    const found = said({
      'main/a.ts': "import { b } from './b.ts';",
      'main/b.ts': "import { c } from './c.ts';",
      'main/c.ts': "import type { A } from './a.ts';",
      'main/d.ts': "import { a } from './a.ts';",
    });
    expect(found).toHaveLength(1);
  });

  test('two ways to the same file are none', () => {
    const found = said({
      'main/a.ts': "import { b } from './b.ts'; import { c } from './c.ts';",
      'main/b.ts': "import { c } from './c.ts';",
      'main/c.ts': '',
    });
    expect(found).toEqual([]);
  });
});
