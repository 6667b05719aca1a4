import { beforeEach, expect, test } from 'vitest';
import { FakeContents, FakeElectron, FakeWindow } from '../../test/electron/fake-electron.ts';
import type { Sender } from '../host.ts';
import { electronHost } from './ipc-door.ts';

let fake: FakeElectron;
let window: FakeWindow;
let open: boolean;
let host: ReturnType<typeof electronHost>;
let heard: { sender: Sender; message: unknown }[];

beforeEach(() => {
  fake = new FakeElectron({ appPath: '' });
  window = new FakeWindow({});
  fake.window = window;
  open = true;
  heard = [];
  host = electronHost(fake.electron.ipcMain, () =>
    open ? { window: window.electron, contents: window.contents.electron } : null,
  );
  host.onRequest(async (sender, message) => {
    heard.push({ sender, message });
    return 'answer';
  });
});

test('security: it listens on the contract’s one channel', () => {
  expect(fake.done).toEqual(['handle gerai:request']);
});

test('the till’s own page at its top frame is trusted, and is answered', async () => {
  expect(await fake.invoke({ name: 'till.view', args: {} })).toBe('answer');
  expect(heard).toEqual([
    {
      sender: { trusted: true, description: 'the till’s page' },
      message: { name: 'till.view', args: {} },
    },
  ]);
});

const frame = (origin: string, url: string) => ({ origin, url });

test.each([
  ['another page in the window', frame('https://x.test', 'https://x.test/a?secret=1')],
  ['a page of another host of the scheme', frame('gerai://other', 'gerai://other/index.html')],
  ['an address that only looks alike', frame('gerai://till', 'gerai://till.x.test/')],
  ['an origin that only looks alike', frame('null', 'gerai://till/index.html')],
])('security: %s is not trusted', async (_who, top) => {
  window.contents.frame = { ...window.contents.frame, ...top };
  await fake.invoke({});
  expect(heard[0]?.sender.trusted).toBe(false);
  expect(heard[0]?.sender.description).not.toContain('secret');
});

test('security: neither is a frame inside the page, a frame that is gone, or another window', async () => {
  const { frame: top } = window.contents;
  await fake.invoke({}, { senderFrame: { ...top, parent: top } });
  await fake.invoke({}, { senderFrame: { ...top, detached: true } });
  await fake.invoke({}, { senderFrame: null });
  await fake.invoke({}, { sender: new FakeContents().electron });
  open = false;
  await fake.invoke({});
  expect(heard.map(({ sender }) => sender.trusted)).toEqual([false, false, false, false, false]);
});

test('pushes go to the page; without one, or with its process gone, nowhere', () => {
  host.push('first');
  window.contents.crashed = true;
  host.push('second');
  open = false;
  host.push('third');
  expect(window.contents.sent).toEqual([['gerai:push', 'first']]);
});

test('rule 24: the window comes to the front, minimized or not', () => {
  host.bringToFront();
  expect(window.done).toEqual(['show', 'moveTop', 'focus']);
  window.minimized = true;
  host.bringToFront();
  expect(window.done.slice(3)).toEqual(['restore', 'show', 'moveTop', 'focus']);
  open = false;
  expect(host.bringToFront()).toContain('no window');
});
