import type { WebContents } from 'electron';
import { beforeEach, describe, expect, test } from 'vitest';
import {
  FakeContents,
  FakeElectron,
  FakeEvent,
  FakeSession,
} from '../../test/electron/fake-electron.ts';
import { MemoryLog } from '../../test/support/memory-log.ts';
import { guardApp, guardContents, guardSession } from './security.ts';

let log: MemoryLog;
beforeEach(() => {
  log = new MemoryLog();
});

describe('the session', () => {
  let session: FakeSession;
  beforeEach(async () => {
    session = new FakeSession();
    await guardSession(session.electron, log, true);
  });

  test.each([
    'media',
    'geolocation',
    'notifications',
    'clipboard-read',
    'openExternal',
    'usb',
  ] as const)(
    'security: the permission %s is refused when asked for, and when looked up',
    (permission) => {
      const contents = {} as WebContents;
      let granted: boolean | null = null;
      const details = { isMainFrame: true, requestingUrl: 'gerai://till/index.html' };
      session.permissionRequest?.(contents, permission, (yes) => (granted = yes), details);
      expect(granted).toBe(false);
      const asked = { isMainFrame: true };
      expect(session.permissionCheck?.(contents, permission, 'gerai://till', asked)).toBe(false);
      expect(log.said('warn')).toEqual(['the page asked for a permission']);
    },
  );

  test('security: no device', () => {
    const device = { vendorId: 1, productId: 2 };
    type Details = Parameters<NonNullable<FakeSession['devicePermission']>>[0];
    const details = { device, deviceType: 'hid', origin: 'gerai://till' } as unknown as Details;
    expect(session.devicePermission?.(details)).toBe(false);
  });

  test('security: no picture of the screen', () => {
    let streams: unknown = 'unanswered';
    type Request = Parameters<NonNullable<FakeSession['displayMedia']>>[0];
    session.displayMedia?.({} as Request, (given) => (streams = given));
    expect(streams).toBeNull();
  });

  test('security: a download is refused', () => {
    const event = new FakeEvent();
    session.events.emit('will-download', event, { getURL: () => 'https://x.test/a?secret=1' });
    expect(event.defaultPrevented).toBe(true);
    expect(log.lines[0]?.facts).toEqual({ from: 'https://x.test/a' });
  });

  test('security: no spell checker, which would download', () => {
    expect(session.spellChecker).toBe(false);
  });

  test.each([
    ['http://127.0.0.1:4000/'],
    ['https://app.byte-stack.net/pos'],
    ['ws://localhost:1/'],
    ['file:///etc/hosts'],
    ['gerai://other/index.html'],
    ['gerai://till.evil.test/'],
    ['devtools://devtools/bundled/x.js'],
    ['blob:gerai://till/1'],
  ])('security, rule 26: a request for %s is cancelled', (url) => {
    expect(session.cancels(url)).toBe(true);
  });

  test('the till’s own files, and what is written out in the page, are not', () => {
    expect(session.cancels('gerai://till/assets/app.js')).toBe(false);
    expect(session.cancels('data:,')).toBe(false);
  });

  test('security, rule 26: what no request shows finds a proxy that leads nowhere', () => {
    expect(session.proxy).toEqual({
      mode: 'fixed_servers',
      proxyRules: 'http://127.0.0.1:9',
      proxyBypassRules: '<-loopback>',
    });
  });

  test('the developer’s tools load outside a package', async () => {
    const open = new FakeSession();
    await guardSession(open.electron, log, false);
    expect(open.cancels('devtools://devtools/bundled/x.js')).toBe(false);
    expect(open.cancels('https://x.test/')).toBe(true);
  });
});

describe('a page', () => {
  const phone = 'http://127.0.0.1:4711/phone?key=abc';
  let contents: FakeContents;
  let opened: string[];
  let phoneUrl: string | null;

  beforeEach(() => {
    contents = new FakeContents();
    opened = [];
    phoneUrl = phone;
    const open = (url: string) => void opened.push(url);
    guardContents(contents.electron, { phoneUrl: () => phoneUrl, open }, log);
  });

  test.each([
    ['will-navigate'],
    ['will-frame-navigate'],
    ['will-redirect'],
    ['will-attach-webview'],
  ])('security: %s is refused', (what) => {
    const event = new FakeEvent('https://x.test/page?private=1');
    contents.events.emit(what, event);
    expect(event.defaultPrevented).toBe(true);
    expect(log.said('warn')).toHaveLength(1);
    expect(JSON.stringify(log.lines)).not.toContain('private');
  });

  test('security: the training phone opens outside, and no window inside', () => {
    expect(contents.opens(phone)).toBe('deny');
    expect(opened).toEqual([phone]);
  });

  test.each([
    ['http://127.0.0.1:4711/phone?key=other'],
    ['http://127.0.0.1:4712/phone?key=abc'],
    ['https://127.0.0.1:4711/phone?key=abc'],
    ['http://127.0.0.1:4711/phone?key=abc#more'],
    ['https://x.test/'],
    ['file:///bin/sh'],
    ['javascript:alert(1)'],
    ['no address'],
  ])('security: nothing but that very address is opened: %s', (url) => {
    expect(contents.opens(url)).toBe('deny');
    expect(opened).toEqual([]);
  });

  test('security: not even the phone’s, if it is not on this machine or there is none', () => {
    phoneUrl = 'http://phone.test/';
    expect(contents.opens('http://phone.test/')).toBe('deny');
    phoneUrl = null;
    expect(contents.opens(phone)).toBe('deny');
    expect(opened).toEqual([]);
  });

  test('security, rule 26: no WebRTC past the proxy', () => {
    expect(contents.webRtc).toBe('disable_non_proxied_udp');
  });
});

describe('the program', () => {
  test('security: every page that comes into being is tied down', () => {
    const fake = new FakeElectron({ appPath: '' });
    const guarded: unknown[] = [];
    guardApp(fake.electron.app, (contents) => guarded.push(contents), log);
    const one = new FakeContents().electron;
    fake.appEvents.emit('web-contents-created', {}, one);
    expect(guarded).toEqual([one]);
  });

  test('security: a bad certificate is refused', () => {
    const fake = new FakeElectron({ appPath: '' });
    guardApp(fake.electron.app, () => undefined, log);
    const event = new FakeEvent();
    let trusted: boolean | null = null;
    fake.appEvents.emit(
      'certificate-error',
      event,
      {},
      'https://x.test/',
      'net::ERR_CERT_AUTHORITY_INVALID',
      {},
      (yes: boolean) => (trusted = yes),
    );
    expect([event.defaultPrevented, trusted]).toEqual([true, false]);
  });

  test.each(['select-client-certificate', 'login'])(
    'security: %s is answered with nothing, and at once',
    (what) => {
      const fake = new FakeElectron({ appPath: '' });
      guardApp(fake.electron.app, () => undefined, log);
      const asked = new FakeEvent();
      const answers: unknown[][] = [];
      fake.appEvents.emit(what, asked, {}, {}, {}, (...given: unknown[]) => answers.push(given));
      expect([asked.defaultPrevented, answers]).toEqual([true, [[]]]);
    },
  );
});
