import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { extractAll, listPackage } from '@electron/asar';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAll } from '../../build/build.ts';
import { testClockMarker } from '../../main/platform/test-clock.ts';
import { Spoken } from '../support/run-till.ts';
import { temporaryFolder } from '../support/stub-till.ts';
import { fusesOf, placeholderRuntime } from './placeholder-runtime.ts';

// The package as electron-builder makes it, but for the runtime, which a placeholder plays: what is in
// it, how large it is, which switches are turned, and that what is in it is enough to run the till.

const root = fileURLToPath(new URL('../..', import.meta.url));
const electronVersion: string = JSON.parse(
  readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'),
).version;
const bytesMax = 15 * 1024 * 1024;

let folder: ReturnType<typeof temporaryFolder>;
let unpacked: string;
let asar: string;
let app: string;
let installers: { readonly desktop: string }[];

beforeAll(async () => {
  folder = temporaryFolder();
  const project = join(folder.path, 'project');
  mkdirSync(project);
  for (const file of ['package.json', 'electron-builder.yml'])
    cpSync(join(root, file), join(project, file));
  symlinkSync(join(root, 'node_modules'), join(project, 'node_modules'), 'junction');
  const runtime = join(folder.path, 'runtime');
  await Promise.all([
    buildAll({ outDir: join(project, 'dist'), forPackage: true }),
    placeholderRuntime(runtime, electronVersion),
  ]);
  // What must not go in lies where a careless list would find it.
  for (const stray of ['dist/main/till.js', 'dist/browser-host/preload.js', 'test/gallery.ts']) {
    mkdirSync(join(project, stray, '..'), { recursive: true });
    writeFileSync(join(project, stray), 'not for customers');
  }
  await electronBuilder(project, runtime);
  unpacked = join(project, 'release', 'linux-unpacked');
  asar = join(unpacked, 'resources', 'app.asar');
  app = join(folder.path, 'app');
  extractAll(asar, app);
  installers = await describeInstallers(project);
}, 120_000);

afterAll(() => folder.remove());

async function electronBuilder(project: string, runtime: string): Promise<void> {
  const cli = join(root, 'node_modules/electron-builder/cli.js');
  const args = ['--linux', 'dir', '--x64', '--projectDir', project];
  await node(project, [cli, ...args, `-c.electronDist=${runtime}`]);
}

/**
 * What electron-builder would make the AppImage and the deb of; it stops before it needs the tools that it
 * downloads for them.
 */
async function describeInstallers(project: string): Promise<typeof installers> {
  const options = JSON.stringify({ projectDir: project, prepackaged: unpacked });
  const said = await node(root, [
    '-e',
    `const { build, Platform } = require('electron-builder');
    const { readFileSync } = require('node:fs');
    const seen = [];
    build({
      ...${options},
      targets: Platform.LINUX.createTarget(['AppImage', 'deb']),
      effectiveOptionComputed: async (of) => {
        seen.push({ desktop: of.desktop ?? readFileSync(of[1], 'utf8') });
        return true;
      },
    }).then(() => console.log('\\nseen:' + JSON.stringify(seen)));`,
  ]);
  return JSON.parse(/^seen:(.*)$/m.exec(said)?.[1] ?? '[]');
}

/** Runs Node to its end, and resolves to what it said. */
async function node(folder: string, args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, CI: 'true' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += part));
  const code = await new Promise((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`electron-builder ended with ${code}:\n${said}`);
  return said;
}

/** The archive's files, with forward slashes, without the hash in the page's names. */
const packed = () =>
  listPackage(asar, { isPack: false })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => statSync(join(app, path)).isFile())
    .map((path) => path.replace(/-[\w-]{8}\.(js|css|woff2)$/, '.$1'))
    .sort();

test('what must be in is in, and nothing else', () => {
  expect(packed()).toEqual(
    [
      '/dist/main/main.js',
      '/dist/preload/preload.cjs',
      '/dist/renderer/assets/index.css',
      '/dist/renderer/assets/index.js',
      '/dist/renderer/assets/inter-latin-wght-normal.woff2',
      '/dist/renderer/index.html',
      '/node_modules/better-sqlite3/LICENSE',
      ...['binding', 'database', 'index', 'sqlite-error', 'util'].map(
        (name) => `/node_modules/better-sqlite3/lib/${name}.js`,
      ),
      ...readdirSync(join(root, 'node_modules/better-sqlite3/lib/methods')).map(
        (name) => `/node_modules/better-sqlite3/lib/methods/${name}`,
      ),
      '/node_modules/better-sqlite3/package.json',
      '/node_modules/better-sqlite3/prebuilds/linux-x64.node',
      '/package.json',
    ].sort(),
  );
});

test('security: only the library of machine code lies beside the archive', () => {
  const beside = readdirSync(`${asar}.unpacked`, { recursive: true, withFileTypes: true });
  expect(beside.filter((entry) => entry.isFile()).map(({ name }) => name)).toEqual([
    'linux-x64.node',
  ]);
});

test('the app’s own part is 15 MB unpacked at most', () => {
  const bytes = packedBytes(app);
  console.log(`the app's own part: ${(bytes / 1024 / 1024).toFixed(2)} MB unpacked`);
  expect(bytes).toBeLessThanOrEqual(bytesMax);
});

function packedBytes(top: string): number {
  return readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}

test.each([testClockMarker, 'GERAI_TEST_CLOCK', 'browser-host', 'fakeMain', 'gallery'])(
  'security: nothing of "%s" is in the package',
  (mark) => {
    const texts = readdirSync(join(app, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((path) => /\.(c?js|html)$/.test(path))
      .map((path) => readFileSync(join(app, 'dist', path), 'utf8'));
    expect(texts).toHaveLength(4);
    expect(texts.filter((text) => text.includes(mark))).toEqual([]);
  },
);

test.each([
  [0, 'run as Node', '0'],
  [1, 'cookie encryption', '0'],
  [2, 'NODE_OPTIONS', '0'],
  [3, 'Node’s inspect arguments', '0'],
  [4, 'integrity of the archive', '1'],
  [5, 'code from the archive only', '1'],
  [6, 'a V8 snapshot of its own', '0'],
  [7, 'extra rights of file:', '0'],
])('security: fuse %i, %s, is %s in the packaged program', (at, _name, state) => {
  expect(fusesOf(readFileSync(join(unpacked, 'gerai')))[at]).toBe(state);
});

test('security: neither the AppImage nor the deb is started without its sandbox', () => {
  expect(installers.map(({ desktop }) => /^Exec=.*$/m.exec(desktop)?.[0])).toEqual([
    'Exec=AppRun %U',
    'Exec=/opt/Gerai/gerai %U',
  ]);
});

test('security: macOS’s hardened runtime is on, and grants V8 its code and nothing else', () => {
  const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
  expect(config).toMatch(/^ {2}hardenedRuntime: true$/m);
  const files = [...config.matchAll(/^ {2}entitlements(?:Inherit)?: (.*)$/gm)].map(
    ([, file]) => file,
  );
  expect(files).toEqual(['build/entitlements.mac.plist', 'build/entitlements.mac.plist']);
  const granted = readFileSync(join(root, files[0] ?? ''), 'utf8').matchAll(/<key>(.*)<\/key>/g);
  expect([...granted].map(([, name]) => name)).toEqual(['com.apple.security.cs.allow-jit']);
});

/**
 * An Electron that answers nothing but what the shell needs to open its window, and asks the till for
 * its view as the page would. It stands where the package's own code finds it.
 */
const playedElectron = `
const on = () => undefined;
const frame = { origin: 'gerai://till', url: 'gerai://till/index.html', parent: null, detached: false };
const contents = { on, send: on, isCrashed: () => false, isDestroyed: () => false,
  setWindowOpenHandler: on, setWebRTCIPHandlingPolicy: on };
const tillSession = { on, setPermissionRequestHandler: on, setPermissionCheckHandler: on,
  setDevicePermissionHandler: on, setDisplayMediaRequestHandler: on, setSpellCheckerEnabled: on,
  setProxy: async () => undefined, webRequest: { onBeforeRequest: on },
  protocol: { handle: (scheme, answer) => { page = answer; } } };
let page, handle;
export const app = { on, isPackaged: true, commandLine: { hasSwitch: () => false }, enableSandbox: on,
  exit: (code) => process.exit(code), getAppPath: () => process.env.APP,
  getPreferredSystemLanguages: () => ['en'],
  getVersion: () => '0', relaunch: on, requestSingleInstanceLock: () => true, setPath: on,
  setAppUserModelId: on, whenReady: async () => undefined };
export const dialog = { showErrorBox: (title, text) => console.log('box:', text) };
export const ipcMain = { handle: (channel, listener) => { handle = listener; } };
export const Menu = { buildFromTemplate: on, setApplicationMenu: on };
export const powerMonitor = { on };
export const protocol = { registerSchemesAsPrivileged: on };
export const screen = { getPrimaryDisplay: () => ({ id: 1, workArea: { x: 0, y: 0, width: 1366, height: 768 } }),
  getAllDisplays: () => [] };
export const session = { fromPartition: () => tillSession, defaultSession: { resolveProxy: async () => '' } };
export const shell = {};
export class BrowserWindow {
  webContents = contents;
  on() {} once() {} isDestroyed() { return false; } isKiosk() { return false; }
  isMaximized() { return false; } getNormalBounds() { return { x: 0, y: 0, width: 800, height: 600 }; }
  async loadURL(url) {
    const html = await page(new Request(url));
    const reply = await handle({ sender: contents, senderFrame: frame }, { name: 'till.view', args: {} });
    console.log('page:', html.status, (await html.text()).length > 100);
    console.log('till:', reply.ok, reply.result.environment);
    process.emit('SIGTERM', 'SIGTERM');
  }
}
`;

test('what is in it is enough: main starts the till, serves the page, and closes', async () => {
  const electron = join(app, 'node_modules', 'electron');
  mkdirSync(electron);
  writeFileSync(join(electron, 'package.json'), '{"type":"module","exports":"./index.js"}');
  writeFileSync(join(electron, 'index.js'), playedElectron);
  const data = join(folder.path, 'data');
  const main = new Spoken(
    process.execPath,
    [join(app, 'dist/main/main.js'), `--data=${data}`],
    // A package heeds neither: the test clock is not in it, and the key is not read.
    { APP: app, GERAI_TEST_CLOCK: 'nonsense', GERAI_APP_KEY: 'nonsense-nonsense' },
  );
  expect(await main.ends()).toBe(0);
  expect(main.text).toBe('page: 200 true\ntill: true training\n');
  expect(readFileSync(join(data, 'logs/gerai.log'), 'utf8')).toContain('the window closes');
});
