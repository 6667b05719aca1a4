import { expect, test } from 'vitest';
import { chooseHost, noWindow } from './choose-host.ts';

const here = async () => ({ present: true, why: 'is here' });
const missing = async () => ({ present: false, why: 'is not here' });
const never = async () => {
  throw new Error('looked');
};
const shop = { platform: 'win32', env: {}, uid: undefined } as const;
const bare = { platform: 'linux', env: {}, uid: 1000 } as const;
const usual = { host: 'auto', open: true, port: 0 } as const;

test('nobody asked: the window where there can be one, else the browser, and why', async () => {
  expect(await chooseHost(usual, here, shop)).toEqual({
    host: 'electron',
    line: "Desktop window: Electron's runtime is here.",
  });
  expect(await chooseHost(usual, missing, shop)).toEqual({
    host: 'browser',
    line: "Browser host: Electron's runtime is not here.",
  });
  const { host, line } = await chooseHost(usual, here, bare);
  expect([host, line]).toEqual([
    'browser',
    'Browser host: there is no screen (DISPLAY is not set).',
  ]);
});

test('asked for the browser, or for what only it has: the runtime is not even looked for', async () => {
  expect((await chooseHost({ ...usual, host: 'browser' }, never, shop)).host).toBe('browser');
  for (const [option, asked] of [
    [{ open: false }, '--no-open asks'],
    [{ port: 8080 }, '--port asks'],
    [{ open: false, port: 8080 }, '--port and --no-open ask'],
  ] as const) {
    const line = `In the browser, as ${asked} for.`;
    const chosen = await chooseHost({ ...usual, ...option }, never, shop);
    expect(chosen).toEqual({ host: 'browser', line });
  }
});

test('asked for the window where there is none: refused, with what to do', async () => {
  const asked = { ...usual, host: 'electron' } as const;
  expect((await chooseHost(asked, here, shop)).host).toBe('electron');
  for (const [runtime, surroundings] of [
    [missing, shop],
    [here, bare],
  ] as const) {
    const { host, line } = await chooseHost(asked, runtime, surroundings);
    expect(host).toBe('none');
    expect(line).toContain('Use --host browser');
  }
});

test('a window needs a screen, and on Linux a user that is not root', () => {
  expect(noWindow(bare)).toContain('DISPLAY');
  expect(noWindow({ ...bare, env: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull();
  expect(noWindow({ ...bare, env: { DISPLAY: ':0' }, uid: 0 })).toContain('root');
  expect(noWindow({ ...bare, platform: 'darwin' })).toBeNull();
});
