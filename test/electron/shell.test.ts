import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ShellWorld } from '../../main/electron/parts.ts';
import { runShell } from '../../main/electron/shell.ts';
import type { Host } from '../../main/host.ts';
import { startTill, type Till } from '../../main/till.ts';
import { TillView } from '../../shared/view.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { temporaryFolder } from '../support/stub-till.ts';
import { FakeElectron, type FakeElectronOptions } from './fake-electron.ts';

// The shell as a whole, with the shipped till behind it on a real folder, and its own simulator; only
// Electron is played.

let folder: ReturnType<typeof temporaryFolder>;
let data: string;
let tills: Till[];
let resumes: number;

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  mkdirSync(join(folder.path, 'dist/renderer'), { recursive: true });
  writeFileSync(join(folder.path, 'dist/renderer/index.html'), '<title>Till</title>');
  tills = [];
  resumes = 0;
});

afterEach(async () => {
  for (const till of tills) await till.close();
  folder.remove();
});

function countResume(): void {
  resumes += 1;
}

interface Shell {
  readonly fake: FakeElectron;
  readonly clock: ManualClock;
  readonly said: string[];
  readonly endAsked: (why: string) => void;
  readonly fault: (kind: 'exception' | 'rejection', error: unknown) => void;
  readonly running: Promise<void>;
  /** By which the till reaches the page. */
  readonly host: () => Host | null;
  /** What main was given as its environment. */
  readonly env: () => Record<string, string | undefined>;
}

function launch(
  options: Partial<FakeElectronOptions> & {
    readonly argv?: readonly string[];
    readonly env?: Record<string, string | undefined>;
    readonly appKey?: string;
    /** The till's close never ends. */
    readonly hangs?: boolean;
  } = {},
): Shell {
  const fake = new FakeElectron({ appPath: folder.path, ...options });
  const clock = new ManualClock();
  const said: string[] = [];
  let endAsked: Shell['endAsked'] = () => undefined;
  let fault: Shell['fault'] = () => undefined;
  let given: Record<string, string | undefined> = {};
  let host: Host | null = null;
  const world: ShellWorld = {
    argv: ['gerai', `--data=${data}`, ...(options.argv ?? [])],
    env: options.env ?? {},
    platform: 'linux',
    execPath: '/opt/Gerai/gerai',
    home: folder.path,
    clock,
    start: async (tillOptions) => {
      given = { ...tillOptions.env };
      host = tillOptions.host;
      const till = await startTill(tillOptions);
      tills.push(till);
      const close = () => (options.hangs ? new Promise<void>(() => undefined) : till.close());
      return { ...till, resumed: countResume, close };
    },
    say: (sentence) => void said.push(sentence),
    appKey: async () => options.appKey,
    onEndAsked: (heard) => {
      endAsked = heard;
    },
    onFault: (heard) => {
      fault = heard;
    },
  };
  const running = runShell(fake.electron, world);
  return {
    fake,
    clock,
    said,
    running,
    host: () => host,
    env: () => given,
    endAsked: (why) => endAsked(why),
    fault: (kind, error) => fault(kind, error),
  };
}

async function open(options: Parameters<typeof launch>[0] = {}): Promise<Shell> {
  const shell = launch(options);
  shell.fake.ready.resolve();
  await shell.running;
  shell.fake.window?.events.emit('ready-to-show');
  return shell;
}

const view = async (fake: FakeElectron) => {
  const reply = (await fake.invoke({ name: 'till.view', args: {} })) as { result: unknown };
  return TillView.parse(reply.result);
};

test('before Electron is ready the scheme, the sandbox and the folder are settled', async () => {
  const { fake, running } = launch();
  expect(fake.done).toEqual([
    'enableSandbox',
    'registerSchemesAsPrivileged',
    `setPath userData ${join(data, 'window')}`,
    'requestSingleInstanceLock',
    'whenReady',
  ]);
  expect(fake.schemes.map(({ scheme }) => scheme)).toEqual(['gerai']);
  fake.ready.resolve();
  await running;
});

test('the window shows the page by its own scheme, and the page is answered by the till', async () => {
  const { fake } = await open();
  expect(fake.window?.loaded).toEqual(['gerai://till/index.html']);
  expect(fake.window?.done).toEqual(['show']);
  const page = await fake.session.schemes.get('gerai')?.(new Request('gerai://till/index.html'));
  expect(await page?.text()).toBe('<title>Till</title>');
  expect((await view(fake)).environment).toBe('training');
  // The session was closed to everything before the page was loaded, and the page tied down.
  expect([fake.session.cancels('https://x.test/'), fake.window?.contents.webRtc]).toEqual([
    true,
    'disable_non_proxied_udp',
  ]);
  expect(fake.windowOptions?.webPreferences).toMatchObject({
    preload: join(folder.path, 'dist/preload/preload.cjs'),
    sandbox: true,
  });
});

test('security: a request from anywhere but the page is refused and logged', async () => {
  const { fake } = await open();
  const reply = await fake.invoke({ name: 'till.view', args: {} }, { senderFrame: null });
  expect(reply).toMatchObject({ ok: false });
  expect(readFileSync(join(data, 'logs/gerai.log'), 'utf8')).toContain('sender not trusted');
});

test('the training phone is opened outside, by its very address', async () => {
  const { fake } = await open();
  const phone = tills[0]?.phoneUrl ?? '';
  fake.window?.contents.opens(`${phone}x`);
  fake.window?.contents.opens(phone);
  expect(fake.opened).toEqual([phone]);
});

test('a payment, then the page’s process ends: the same payment is on the screen', async () => {
  const { fake, clock } = await open();
  const args = { amount: 12_500, phone: '081234567777', confirmRepeat: false };
  await fake.invoke({ name: 'payment.start', args });
  const before = (await view(fake)).front;
  fake.window?.contents.events.emit('render-process-gone', {}, { reason: 'oom', exitCode: 9 });
  clock.advance(0);
  expect(fake.window?.loaded).toHaveLength(2);
  expect((await view(fake)).front).toMatchObject({ id: before?.id, amount: 12_500 });
});

describe('closing', () => {
  test('rule 23: refused while a customer is asked, with the reason', async () => {
    const { fake } = await open();
    const args = { amount: 12_500, phone: '081234567777', confirmRepeat: false };
    await fake.invoke({ name: 'payment.start', args });
    await expect.poll(() => tills[0]?.closing().refusedForMs).toBeGreaterThan(60_000);
    expect(fake.window?.close()).toBe(false);
    await settle();
    expect(fake.boxes[0]?.message).toMatch(/can be closed in 6\d seconds/);
    expect(fake.done).not.toContain('exit 0');
  });

  test('rule 23: asked, then closed in good order, and the window remembered', async () => {
    const { fake } = await open();
    fake.choice = 1;
    Object.assign(fake.window ?? {}, { maximized: true });
    expect(fake.window?.close()).toBe(false);
    expect(await fake.exited.promise).toBe(0);
    expect(fake.boxes[0]?.detail).toBe('No payment is unfinished.');
    const kept = JSON.parse(readFileSync(join(data, 'window/window.json'), 'utf8'));
    expect(kept).toEqual({ bounds: fake.window?.bounds, maximized: true, kiosk: false });
    tills = [];
    const next = await open();
    expect(next.fake.windowOptions).toMatchObject(kept.bounds);
    expect(next.fake.window?.done).toEqual(['maximize', 'show']);
  });

  test.each(['SIGTERM', 'the process that started the till has ended'])(
    'rule 22: %s closes at once, and asks nobody',
    async (why) => {
      const { fake, endAsked } = await open();
      endAsked(why);
      expect(await fake.exited.promise).toBe(0);
      expect(fake.boxes).toEqual([]);
      tills = [];
    },
  );

  test('rule 22: a wake from sleep reaches the till', async () => {
    const { fake } = await open();
    fake.power.emit('resume');
    expect(resumes).toBe(1);
  });

  test.each(['session-end', 'shutdown'])(
    'rule 22: at %s the books are closed and the program left before the event is over',
    async (what) => {
      const { fake } = await open();
      const books = join(data, 'training/gerai.db');
      expect(existsSync(`${books}-wal`)).toBe(true);
      if (what === 'shutdown') fake.power.emit(what);
      else fake.window?.events.emit(what, {});
      // Nothing was awaited in between.
      expect(existsSync(`${books}-wal`)).toBe(false);
      expect(fake.done.at(-1)).toBe('exit 0');
      expect(existsSync(join(data, 'window/window.json'))).toBe(true);
      tills = [];
    },
  );

  test('a till whose close hangs is left after eight seconds', async () => {
    const { fake, endAsked, clock } = await open({ hangs: true });
    endAsked('SIGTERM');
    expect(fake.window?.close()).toBe(false);
    await clock.run(7_999);
    expect(fake.done).not.toContain('exit 0');
    await clock.run(1);
    expect(fake.done.at(-1)).toBe('exit 0');
  });

  test('what the till says to a window that is gone is not said, and is no fault', async () => {
    const { fake, host } = await open();
    host()?.push({ name: 'one' });
    fake.window?.destroy();
    host()?.push({ name: 'two' });
    expect(host()?.bringToFront()).toBe('the till has no window yet');
    fake.appEvents.emit('second-instance', {}, ['gerai', '--kiosk']);
    const sent = fake.window?.contents.sent.map(([, message]) => message);
    expect(sent).toContainEqual({ name: 'one' });
    expect(sent).not.toContainEqual({ name: 'two' });
  });
});

describe('a second start', () => {
  test('rule 24: is refused, and starts no till', async () => {
    const second = launch({ firstInstance: false, packaged: true });
    await second.running;
    expect(await second.fake.exited.promise).toBe(3);
    expect(second.said[0]).toContain('already running');
    // The first window is what the person sees; a box beside it would only have to be put away.
    expect(second.fake.errorBoxes).toEqual([]);
    expect(tills).toEqual([]);
  });

  test('rule 24: brings the first to the front, and may end kiosk mode', async () => {
    const { fake } = await open({ argv: ['--kiosk'] });
    expect(fake.window?.kiosk).toBe(true);
    Object.assign(fake.window ?? {}, { minimized: true });
    fake.appEvents.emit('second-instance', {}, ['gerai', '--no-kiosk']);
    expect(fake.window?.done).toEqual([
      ...['show', 'setKiosk true'],
      ...['setKiosk false', 'restore', 'show', 'moveTop', 'focus'],
    ]);
    expect(fake.menu).not.toBeNull();
    expect(fake.window?.kiosk).toBe(false);
  });

  test('rule 24: the books’ own lock decides, whoever holds it', async () => {
    await open();
    const second = await open();
    expect(await second.fake.exited.promise).toBe(3);
    expect(second.fake.window).toBeNull();
  });
});

describe('a till that cannot start', () => {
  test('says in a package’s own box why', async () => {
    mkdirSync(data);
    writeFileSync(join(data, 'terminal.json'), '{');
    const { fake } = await open({ packaged: true });
    expect(await fake.exited.promise).toBe(1);
    expect(fake.errorBoxes[0]).toContain('line 1');
    expect(fake.window).toBeNull();
  });

  test('says which data folder cannot be one, before a window opens', async () => {
    writeFileSync(data, 'a file');
    const { fake } = await open({ packaged: true });
    expect(await fake.exited.promise).toBe(1);
    expect(fake.errorBoxes[0]).toContain(`${data} cannot be used: that is a file`);
    expect(fake.window).toBeNull();
  });

  test('and to whoever started it from a terminal', async () => {
    mkdirSync(data);
    writeFileSync(join(data, 'terminal.json'), '{');
    const { fake, said } = await open();
    expect(await fake.exited.promise).toBe(1);
    expect([said.length, fake.errorBoxes.length]).toEqual([1, 0]);
  });

  test('security: a package refuses a switch that opens the page to others', async () => {
    const { fake, said, running } = launch({ packaged: true, argv: ['--remote-debugging-port=1'] });
    await settle();
    expect(said[0]).toContain('--remote-debugging-port.');
    expect(fake.errorBoxes).toEqual([]);
    fake.ready.resolve();
    await running;
    expect(fake.errorBoxes).toEqual(said);
    expect(fake.done).toEqual(['whenReady', 'exit 2']);
    expect(existsSync(data)).toBe(false);
  });

  test('security: a package refuses to run without its sandbox, and says what to install', async () => {
    const { fake, said } = await open({ packaged: true, switches: ['no-sandbox'] });
    expect(await fake.exited.promise).toBe(2);
    expect(said[0]).toContain('ELECTRON_DISABLE_SANDBOX');
    expect(said[0]).toContain('.deb');
    expect(fake.window).toBeNull();
  });

  test('says that its program is not whole, and begins nothing', async () => {
    rmSync(join(folder.path, 'dist/renderer/index.html'));
    const { fake, said } = await open({ packaged: true, locale: 'id-ID' });
    expect(await fake.exited.promise).toBe(1);
    expect(said[0]).toContain('index.html is missing');
    expect(fake.errorBoxes[0]).toContain('Pasang ulang');
    expect(tills).toEqual([]);
  });
});

describe('the environment', () => {
  const env = { GERAI_APP_KEY: 'planted-app-key-5f1d', GERAI_TEST_CLOCK: 'nonsense' };

  test('security: a package heeds no variable of ours', async () => {
    const { env: given } = await open({ packaged: true, env, appKey: 'other' });
    expect(given()).toEqual({});
  });

  test('rule 25: the key comes from the starting process and never gets to the page', async () => {
    const key = 'planted-app-key-5f1d';
    const { fake, env: given } = await open({ appKey: key, env: { GERAI_APP_KEY: 'stale' } });
    expect(given().GERAI_APP_KEY).toBe(key);
    await view(fake);
    expect(JSON.stringify([fake.windowOptions, fake.window?.contents.sent])).not.toContain(key);
    expect(JSON.stringify(await view(fake))).not.toContain(key);
  });
});

describe('a fault in the program', () => {
  test('is logged, and a package starts itself again and says so', async () => {
    const { fake, fault } = await open({ packaged: true });
    fault('exception', new Error('torn'));
    expect(await fake.exited.promise).toBe(1);
    expect(fake.relaunched).toEqual([{ args: [`--data=${data}`, '--after-fault'] }]);
    expect(readFileSync(join(data, 'logs/gerai.log'), 'utf8')).toContain('a fault in the program');
    tills = [];
    const next = await open({ packaged: true, argv: ['--after-fault'] });
    expect(next.fake.boxes[0]?.message).toContain('Payments are kept');
  });

  test('rule 22: the payment that was under way is found again', async () => {
    const { fake, fault } = await open({ packaged: true });
    const args = { amount: 12_500, phone: '081234567777', confirmRepeat: false };
    await fake.invoke({ name: 'payment.start', args });
    const { front } = await view(fake);
    fault('rejection', new Error('torn'));
    await fake.exited.promise;
    tills = [];
    const next = await open({ packaged: true, argv: ['--after-fault'] });
    expect((await view(next.fake)).front).toMatchObject({ id: front?.id, amount: 12_500 });
  });

  test('one that comes again at once stops, in words', async () => {
    const { fake, fault } = await open({ packaged: true, argv: ['--after-fault'] });
    fault('exception', new Error('torn again'));
    expect(await fake.exited.promise).toBe(1);
    expect(fake.relaunched).toEqual([]);
    expect(fake.errorBoxes[0]).toContain('Payments are kept');
    tills = [];
  });

  test('one in a till that hangs leaves it after eight seconds, and starts again', async () => {
    const { fake, fault, clock } = await open({ packaged: true, hangs: true });
    fault('exception', new Error('torn'));
    await clock.run(7_999);
    expect(fake.relaunched).toEqual([]);
    await clock.run(1);
    expect([fake.relaunched.length, fake.done.at(-1)]).toEqual([1, 'exit 1']);
  });

  test('one while a person closes the till does not bring it back', async () => {
    const { fake, fault, endAsked } = await open({ packaged: true });
    endAsked('SIGTERM');
    fault('rejection', new Error('torn'));
    expect(await fake.exited.promise).toBe(0);
    await settle();
    expect([fake.relaunched, fake.done.filter((it) => it.startsWith('exit'))]).toEqual([
      [],
      ['exit 0'],
    ]);
    tills = [];
  });

  test('a box about it that cannot be shown is no fault of its own', async () => {
    const shell = launch({ packaged: true, argv: ['--after-fault'] });
    shell.fake.choice = null;
    shell.fake.ready.resolve();
    await shell.running;
    shell.fake.window?.events.emit('ready-to-show');
    await settle();
    expect(readFileSync(join(data, 'logs/gerai.log'), 'utf8')).toContain('box could not be shown');
  });

  test('one before Electron is ready starts again as well', async () => {
    const { fake, fault, said, running } = launch({ packaged: true });
    fault('exception', new Error('early'));
    await settle();
    expect([said[0], fake.relaunched.length]).toEqual(['Error: early', 1]);
    fake.ready.resolve();
    await running;
  });
});
