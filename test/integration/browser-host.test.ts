import { chmodSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type BrowserHost, createBrowserHost } from '../../build/browser-host/server.ts';
import { Session } from '../../build/browser-host/session.ts';
import { messageBytesMax } from '../../shared/ipc.ts';
import { pageProof } from '../support/page-proof.ts';
import { layStubBuild, temporaryFolder } from '../support/stub-till.ts';

let folder: ReturnType<typeof temporaryFolder>;
let host: BrowserHost;
let port: number;
let nowMs: number;
let shown: string[];
let heard: { trusted: boolean; message: unknown }[];
const streams: AbortController[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  layStubBuild(folder.path);
  nowMs = 0;
  shown = [];
  heard = [];
  host = newHost();
  port = await host.listen(0);
});

afterEach(async () => {
  for (const stream of streams.splice(0)) stream.abort();
  await host.close();
  folder.remove();
});

function newHost(): BrowserHost {
  const created = createBrowserHost({
    dist: join(folder.path, 'dist'),
    session: new Session(join(folder.path, 'browser-host.json')),
    show: (address) => shown.push(address),
    nowMs: () => nowMs,
  });
  created.onRequest(async (sender, message) => {
    heard.push({ trusted: sender.trusted, message });
    return { ok: true };
  });
  return created;
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: string;
}

/** A request exactly as given: fetch would put its own Host and Origin in. */
function ask(
  path: string,
  options: { method?: string; headers?: Record<string, string>; body?: string | Buffer } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { method = 'GET', headers = {}, body } = options;
    const to = { host: '127.0.0.1', port, path, method, headers, agent: false };
    const sent = httpRequest(to, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString(),
        }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** What a browser has after it opened the printed address, and what the till told it of itself. */
interface Entry {
  readonly cookie: string;
  readonly key: string;
  /** The life of the till that the page has met. */
  readonly run: string;
}

const nonce = 'n'.repeat(32);

async function hello(cookie: string): Promise<{ run: string; proof: string }> {
  return JSON.parse((await ask(`/hello?nonce=${nonce}`, { headers: { cookie } })).body);
}

async function enter(): Promise<Entry> {
  const address = new URL(host.freshAddress());
  const answer = await ask(address.pathname + address.search);
  expect(answer.status).toBe(200);
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  const key = /<meta name="gerai-key" content="([^"]+)">/.exec(answer.body)?.[1] ?? '';
  return { cookie, key, run: (await hello(cookie)).run };
}

function pageHeaders({ cookie, key, run }: Entry, page = 'page-0001') {
  const said = `page|${port}|${run}|${page}`;
  return { cookie, 'x-gerai-key': pageProof(key, said), 'x-gerai-page': page };
}

/** Opens the stream as a page would, and collects what comes. */
async function openPage(entry: Entry, page: string) {
  const abort = new AbortController();
  streams.push(abort);
  const response = await fetch(`http://127.0.0.1:${port}/push`, {
    headers: pageHeaders(entry, page),
    signal: abort.signal,
  });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: response.status,
    close: () => abort.abort(),
    /** Reads on until the words have come; false when the stream ended without them. */
    async sees(words: string): Promise<boolean> {
      while (!text.includes(words)) {
        const part = await reader?.read();
        if (part === undefined || part.done) return false;
        text += part.value;
      }
      return true;
    },
  };
}

function post(entry: Entry, page: string, more: Record<string, string> = {}, body?: string) {
  const headers = {
    ...pageHeaders(entry, page),
    origin: `http://127.0.0.1:${port}`,
    'content-type': 'application/json',
    ...more,
  };
  if (headers.origin === '') Reflect.deleteProperty(headers, 'origin');
  const message = body ?? JSON.stringify({ channel: 'gerai:request', message: { name: 'a' } });
  return ask('/ipc', { method: 'POST', headers, body: message });
}

describe('the printed address', () => {
  test('opens the till once; a used token is dead', async () => {
    const address = new URL(host.freshAddress());
    const first = await ask(address.pathname + address.search);
    expect(first.status).toBe(200);
    expect(String(first.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    const second = await ask(address.pathname + address.search);
    expect(second.status).toBe(403);
    expect(second.body).toContain('This address has been used');
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    const again = await ask(address.pathname + address.search, { headers: { cookie } });
    expect([again.status, again.headers.location]).toEqual([303, '/']);
    expect(again.body).not.toContain('gerai-key');
  });

  test('the key comes once, in the page and not in its address, and never as a cookie', async () => {
    const address = new URL(host.freshAddress());
    const first = await ask(address.pathname + address.search);
    const key = /name="gerai-key" content="([\w-]{43})"/.exec(first.body)?.[1] ?? '';
    expect(key).not.toBe('');
    expect(first.headers['cache-control']).toBe('no-store');
    expect(JSON.stringify(first.headers)).not.toContain(key);
    const cookie = String(first.headers['set-cookie']).split(';')[0] ?? '';
    expect((await ask('/', { headers: { cookie } })).body).not.toContain('gerai-key');
    expect(readFileSync(join(folder.path, 'browser-host.json'), 'utf8')).not.toContain(key);
  });

  test('nothing is served without a session, and a guess is none', async () => {
    for (const path of ['/', '/assets/app-1234.js', '/preload.js', '/push']) {
      expect((await ask(path)).status).toBe(403);
      const guess = { cookie: `gerai-${port}=AAAA` };
      expect((await ask(path, { headers: guess })).status).toBe(403);
    }
    expect((await ask('/?token=AAAA')).status).toBe(403);
  });

  test('a session outlives a kill: the page that was open is known at the next start', async () => {
    const entry = await enter();
    await host.close();
    host = newHost();
    expect(await host.listen(port)).toBe(port);
    // What was worth something in the life before is worth nothing in this one.
    expect((await openPage(entry, 'page-0001')).status).toBe(403);
    const met = { ...entry, run: (await hello(entry.cookie)).run };
    const page = await openPage(met, 'page-0001');
    expect(await page.sees('"event":"welcome"')).toBe(true);
    expect((await post(met, 'page-0001')).status).toBe(200);
  });

  test('the till proves itself before a page shows anything: its port, this life, this question', async () => {
    const { cookie, key, run } = await enter();
    expect((await hello(cookie)).proof).toBe(pageProof(key, `till|${port}|${run}|${nonce}`));
    expect((await ask(`/hello?nonce=${nonce}`)).status).toBe(403);
    expect((await ask('/hello?nonce=short', { headers: { cookie } })).status).toBe(400);
  });

  test('on another port, or after half a day, nobody is taken up', async () => {
    const entry = await enter();
    await host.close();
    host = newHost();
    port = await host.listen(0);
    const cookie = entry.cookie.replace(/gerai-\d+/, `gerai-${port}`);
    expect((await ask('/', { headers: { cookie } })).status).toBe(403);
    const file = join(folder.path, 'browser-host.json');
    let now = 1_000_000;
    const first = new Session(file, () => now);
    first.rememberPort(port);
    const admitted = first.redeem(first.issueToken());
    now += 11 * 3_600_000;
    expect(new Session(file, () => now).admits(admitted?.cookie ?? null)).toBe(true);
    now += 2 * 3_600_000;
    expect(new Session(file, () => now).admits(admitted?.cookie ?? null)).toBe(false);
  });

  test('a file that others can read, or a link in its place, is not believed and not followed', async () => {
    const { cookie } = await enter();
    const value = cookie.split('=')[1] ?? '';
    const file = join(folder.path, 'browser-host.json');
    expect(new Session(file).admits(value)).toBe(true);
    chmodSync(file, 0o644);
    expect(new Session(file).admits(value)).toBe(false);
    const foreign = join(folder.path, 'foreign.txt');
    writeFileSync(foreign, 'mine');
    symlinkSync(foreign, `${file}.new`);
    new Session(file).rememberPort(1);
    expect(readFileSync(foreign, 'utf8')).toBe('mine');
  });

  test('a second address ends the first session', async () => {
    const first = await enter();
    await enter();
    expect((await ask('/', { headers: { cookie: first.cookie } })).status).toBe(403);
    expect((await ask('/push', { headers: pageHeaders(first) })).status).toBe(403);
  });

  test('rule 24: to the front shows a fresh address, which opens', async () => {
    const address = new URL(host.bringToFront());
    expect(shown).toEqual([address.href]);
    expect((await ask(address.pathname + address.search)).status).toBe(200);
  });
});

describe('who may ask', () => {
  test.each(['evil.example', '127.0.0.1', 'localhost:1', '127.0.0.1.evil.example'])(
    'not with Host %s (DNS rebinding)',
    async (name) => {
      const { cookie } = await enter();
      expect((await ask('/', { headers: { cookie, host: name } })).status).toBe(403);
    },
  );

  test('localhost is this machine too', async () => {
    const { cookie } = await enter();
    const headers = { cookie, host: `localhost:${port}` };
    expect((await ask('/', { headers })).status).toBe(200);
  });

  test('a request from the page reaches main as trusted', async () => {
    const entry = await enter();
    await openPage(entry, 'page-0001');
    expect(JSON.parse((await post(entry, 'page-0001')).body)).toEqual({ ok: true });
    expect(heard).toEqual([{ trusted: true, message: { name: 'a' } }]);
  });

  test.each([
    ['another origin', { origin: 'http://evil.example' }],
    ['another port of this machine', { origin: 'http://127.0.0.1:1' }],
    ['no origin', { origin: '' }],
    ['a page that the browser calls foreign', { 'sec-fetch-site': 'same-site' }],
  ])('not from %s; main hears of it for its log, without the message', async (_name, more) => {
    const entry = await enter();
    await openPage(entry, 'page-0001');
    expect((await post(entry, 'page-0001', more)).status).toBe(403);
    expect(heard).toEqual([{ trusted: false, message: null }]);
  });

  test('another port of this machine cannot push the till out', async () => {
    const entry = await enter();
    const headers = { ...pageHeaders(entry), 'sec-fetch-site': 'same-site' };
    expect((await ask('/push', { headers })).status).toBe(403);
  });
});

describe('the cookie in the hands of another port', () => {
  // Cookies ignore ports: whatever page of this machine the same browser opens, its server has it.
  test.each<[string, (entry: Entry) => Record<string, string>]>([
    ['no key', () => ({})],
    ['an empty key', () => ({ 'x-gerai-key': '' })],
    ['a guess', () => ({ 'x-gerai-key': 'A'.repeat(43) })],
    ['the cookie’s own value', ({ cookie }) => ({ 'x-gerai-key': cookie.split('=')[1] ?? '' })],
    ['the key as a cookie', ({ cookie, key }) => ({ cookie: `${cookie}; gerai-key=${key}` })],
  ])('with %s opens no stream and sends no request, whatever else it forges', async (_n, forge) => {
    const entry = await enter();
    host.push({ name: 'till.view', value: 7 });
    const page = await openPage(entry, 'page-0001');
    const headers = {
      cookie: entry.cookie,
      origin: `http://127.0.0.1:${port}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      'x-gerai-page': 'page-0001',
      ...forge(entry),
    };
    const stolen = await ask('/push', { headers });
    expect(stolen.status).toBe(403);
    expect(stolen.body).not.toContain('till.view');
    const body = JSON.stringify({ channel: 'gerai:request', message: { name: 'a' } });
    expect((await ask('/ipc', { method: 'POST', headers, body })).status).toBe(403);
    expect(heard).toEqual([{ trusted: false, message: null }]);
    // The page on the screen has not noticed, and goes on.
    expect((await post(entry, 'page-0001')).status).toBe(200);
    host.push({ name: 'till.view', value: 8 });
    expect(await page.sees('"value":8')).toBe(true);
  });

  test('a browser that is asked to send the key from elsewhere gets no leave to', async () => {
    const { cookie } = await enter();
    const headers = {
      cookie,
      origin: 'http://127.0.0.1:1',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'x-gerai-key',
    };
    const answer = await ask('/ipc', { method: 'OPTIONS', headers });
    expect(answer.status).toBe(405);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a key without its cookie opens nothing either', async () => {
    const entry = await enter();
    const headers = pageHeaders({ ...entry, cookie: '' });
    expect((await ask('/push', { headers })).status).toBe(403);
    // The key itself is never sent: who sends it has not met the till.
    const bare = { ...pageHeaders(entry), 'x-gerai-key': entry.key };
    expect((await ask('/push', { headers: bare })).status).toBe(403);
  });
});

describe('bad messages', () => {
  test.each([
    ['no JSON', '{"channel":', 400],
    ['no envelope', '"hello"', 400],
    ['another channel', '{"channel":"fs","message":1}', 400],
    ['1 MB', JSON.stringify({ channel: 'gerai:request', message: 'x'.repeat(1e6) }), 413],
    ['one byte too long', ' '.repeat(messageBytesMax + 1), 413],
  ])('%s is refused and never reaches main', async (_name, body, status) => {
    const entry = await enter();
    await openPage(entry, 'page-0001');
    expect((await post(entry, 'page-0001', {}, body)).status).toBe(status);
    expect(heard).toEqual([]);
  });

  test('a form cannot post', async () => {
    const entry = await enter();
    await openPage(entry, 'page-0001');
    const form = { 'content-type': 'text/plain' };
    expect((await post(entry, 'page-0001', form)).status).toBe(415);
  });

  test('a flood is told so, and is over when it ends', async () => {
    const entry = await enter();
    await openPage(entry, 'page-0001');
    const all = await Promise.all(Array.from({ length: 130 }, () => post(entry, 'page-0001')));
    expect(all.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(all.filter(({ status }) => status === 429)).toHaveLength(30);
    nowMs += 1000;
    expect((await post(entry, 'page-0001')).status).toBe(200);
  });

  test('a flood from elsewhere takes nothing from the page', async () => {
    const entry = await enter();
    await openPage(entry, 'page-0001');
    const evil = { origin: 'http://evil.example' };
    await Promise.all(Array.from({ length: 130 }, () => post(entry, 'page-0001', evil)));
    expect(heard.length).toBeLessThanOrEqual(10);
    expect((await post(entry, 'page-0001')).status).toBe(200);
  });
});

describe('one page at a time', () => {
  test('the newest wins; the older is told, stops, and may not ask or come back', async () => {
    const entry = await enter();
    const older = await openPage(entry, 'page-0001');
    expect(await older.sees('"event":"welcome"')).toBe(true);
    const newer = await openPage(entry, 'page-0002');
    expect(await older.sees('"event":"elsewhere"')).toBe(true);
    expect((await post(entry, 'page-0001')).status).toBe(409);
    expect((await post(entry, 'page-0002')).status).toBe(200);
    const again = await openPage(entry, 'page-0001');
    expect(await again.sees('"event":"elsewhere"')).toBe(true);
    host.push({ name: 'till.view', value: 7 });
    expect(await newer.sees('"value":7')).toBe(true);
  });

  test('a fresh address elsewhere stops the page that was open', async () => {
    const page = await openPage(await enter(), 'page-0001');
    await enter();
    expect(await page.sees('"event":"elsewhere"')).toBe(true);
  });

  test('a page that was away gets the last view at once', async () => {
    const entry = await enter();
    host.push({ name: 'till.view', value: 1 });
    host.push({ name: 'till.view', value: 2 });
    const page = await openPage(entry, 'page-0001');
    expect(await page.sees('"value":2')).toBe(true);
  });
});

describe('files', () => {
  test('the page comes with its preload first, and with strict headers', async () => {
    const { cookie } = await enter();
    const { body, headers } = await ask('/', { headers: { cookie } });
    expect(body).toContain('<head><script src="./preload.js"></script>');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; " +
        "img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; " +
        "form-action 'none'",
    );
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
  });

  test.each([
    '/../outside.js',
    '/%2e%2e/outside.js',
    '/..%2foutside.js',
    '/assets/..%2f..%2foutside.js',
    '/..%5coutside.js',
    '/link.js',
    '/secret.txt',
    '/assets',
    '/%00',
    '/%',
    '//evil.example/outside.js',
  ])('%s is not served', async (path) => {
    symlinkSync(
      join(folder.path, 'dist', 'outside.js'),
      join(folder.path, 'dist', 'renderer', 'link.js'),
    );
    const { cookie } = await enter();
    const answer = await ask(path, { headers: { cookie } });
    expect(answer.status).toBe(404);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });

  test('what is hashed may be kept, the page may not', async () => {
    const { cookie } = await enter();
    const asset = await ask('/assets/app-1234.js', { headers: { cookie } });
    expect(asset.headers['cache-control']).toContain('immutable');
    const page = await ask('/', { headers: { cookie } });
    expect(page.headers['cache-control']).toBe('no-store');
  });
});
