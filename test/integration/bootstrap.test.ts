import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { Spoken } from '../support/run-till.ts';
import { temporaryFolder } from '../support/stub-till.ts';

/** The bootstrap in a folder with a space in its name, with a pretended npm. */

const project = fileURLToPath(new URL('../..', import.meta.url));
const original = fileURLToPath(new URL('../../build/bootstrap.mjs', import.meta.url));
const lock = JSON.stringify({
  packages: {
    '': {},
    'node_modules/node': { version: '24.21.0', integrity: 'sha512-a' },
    'node_modules/elsewhere': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
});
let folder: ReturnType<typeof temporaryFolder>;

beforeEach(() => {
  folder = temporaryFolder();
  cpSync(original, join(folder.path, 'build', 'bootstrap.mjs'));
  put('package-lock.json', lock);
  put('package.json', '{"type":"module"}');
  put(
    'build/start.ts',
    'const args: string[] = process.argv.slice(2); console.log("started", args);',
  );
  put('build/check.ts', 'process.exit(7);');
  put('build/start-help.txt', 'all the options\n');
  put(
    'build/test.ts',
    'process.on("SIGTERM", () => process.exit(9)); console.log("ready"); setInterval(() => 0, 1e3);',
  );
});

afterEach(() => folder.remove());

function put(path: string, text: string): void {
  const place = join(folder.path, path);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, text);
}

/** An npm that notes how it was called and does what `body` says. */
function pretendNpm(body: string): void {
  put(
    'npm-cli.cjs',
    `const fs = require('fs'); fs.appendFileSync(${JSON.stringify(join(folder.path, 'called'))}, process.argv.slice(2).join(' ') + '\\n');\n${body}`,
  );
}

const brings = `fs.mkdirSync('node_modules/node/bin', { recursive: true }); fs.symlinkSync(${JSON.stringify(process.execPath)}, 'node_modules/node/bin/node');`;

function bringNode(): void {
  mkdirSync(join(folder.path, 'node_modules/node/bin'), { recursive: true });
  symlinkSync(process.execPath, join(folder.path, 'node_modules/node/bin/node'));
}

function bootstrap(...args: string[]): Spoken {
  const npm = join(folder.path, 'npm-cli.cjs');
  return new Spoken(process.execPath, [join(folder.path, 'build/bootstrap.mjs'), ...args], {
    npm_execpath: npm,
  });
}

const called = () => {
  const file = join(folder.path, 'called');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
};

test('installs once, says so in one line, and passes the arguments on', async () => {
  pretendNpm(brings);
  const first = bootstrap('start', '--port', '5', 'two words');
  expect(await first.ends()).toBe(0);
  expect(first.text).toBe(
    "installing (about half a minute)…\nstarted [ '--port', '5', 'two words' ]\n",
  );
  const second = bootstrap('start');
  expect(await second.ends()).toBe(0);
  expect(second.text).toBe('started []\n');
  expect(called()).toHaveLength(1);
});

test('a changed lock file installs again', async () => {
  pretendNpm('');
  bringNode();
  put('node_modules/.gerai-installed', createHash('sha256').update('older').digest('hex'));
  expect(await bootstrap('start').ends()).toBe(0);
  expect(called()).toHaveLength(1);
});

test('what a person installed with npm ci is not installed again', async () => {
  pretendNpm('');
  bringNode();
  const record = {
    packages: { 'node_modules/node': { version: '24.21.0', integrity: 'sha512-a' } },
  };
  put('node_modules/.package-lock.json', JSON.stringify(record));
  expect(await bootstrap('start').ends()).toBe(0);
  expect(called()).toEqual([]);
});

test('a cache that cannot be written is replaced by one of its own', async () => {
  pretendNpm(
    `if (!process.argv.includes('--cache')) { console.error('EACCES: mkdir'); process.exit(1); } ${brings}`,
  );
  expect(await bootstrap('start').ends()).toBe(0);
  expect(called()[1]).toMatch(/--cache /);
});

test('when npm fails, its words are shown and the next run tries again', async () => {
  pretendNpm(`console.error('no network'); process.exit(1);`);
  const failed = bootstrap('start');
  expect(await failed.ends()).toBe(1);
  expect(failed.text).toContain('no network');
  pretendNpm(brings);
  expect(await bootstrap('start').ends()).toBe(0);
});

test('when npm did not run the script that brings Node 24, the remedy is said', async () => {
  pretendNpm(`fs.mkdirSync('node_modules');`);
  const without = bootstrap('start');
  expect(await without.ends()).toBe(1);
  expect(without.text).toContain('npm install-scripts approve node');
  rmSync(join(folder.path, 'npm-cli.cjs'));
});

test('--help is answered before a single package is there', async () => {
  pretendNpm('');
  for (const help of [['--help'], ['--data', 'x', '-h']]) {
    const asked = bootstrap('start', ...help);
    expect(await asked.ends()).toBe(0);
    expect(asked.text).toBe('all the options\n');
  }
  expect(called()).toEqual([]);
});

test('every script of package.json is a command, and its file is there', () => {
  const { scripts } = z
    .object({ scripts: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')));
  const source = readFileSync(original, 'utf8');
  for (const words of Object.values(scripts)) {
    const [, name = ''] = /^node build\/bootstrap\.mjs ([a-z-]+)$/.exec(words) ?? [];
    const [, file = ''] = new RegExp(`^ {2}'?${name}'?: '(.+)',$`, 'm').exec(source) ?? [];
    expect(existsSync(join(project, file)), words).toBe(true);
    expect(file, words).not.toBe('');
  }
});

test('ends as the command ends', async () => {
  pretendNpm(brings);
  expect(await bootstrap('check').ends()).toBe(7);
  const unknown = bootstrap('strat');
  expect(await unknown.ends()).toBe(1);
  expect(unknown.text).toContain('"strat" is not a command');
});

test('passes a signal on', async () => {
  pretendNpm(brings);
  const waiting = bootstrap('test');
  await waiting.says(/ready/);
  waiting.child.kill('SIGTERM');
  expect(await waiting.ends()).toBe(9);
});
