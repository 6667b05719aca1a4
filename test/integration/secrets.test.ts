import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { buildIfNeeded } from '../../build/build.ts';
import { trainingAppKey } from '../../main/training/identity.ts';
import { channels } from '../../shared/ipc.ts';
import { filesBelow, found, foundBelow, type Needle, needlesOf } from '../support/needles.ts';
import { pageProof } from '../support/page-proof.ts';
import { Spoken } from '../support/run-till.ts';
import { temporaryFolder } from '../support/stub-till.ts';

// A whole till process with an app key of this test's own, through a paid, a declined and a reversed
// payment. Then everything that it wrote and said is searched.

const root = fileURLToPath(new URL('../..', import.meta.url));
const appKey = randomBytes(24).toString('hex');
const phones = ['081234560001', '081234560002', '081234560005'] as const;
/** What training's OVO answers about its customer. */
const customer = { name: 'Siti Latihan', balance: '1250000' };

const folder = temporaryFolder();
/** Everything that the page received: answers to its requests, and the stream of views. */
const received: Buffer[] = [];
let till: Spoken;
/** What was found while the till ran, with the write-ahead log not yet folded in. */
let whileRunning: readonly string[] = [];

interface Page {
  readonly origin: string;
  /** What its page sends with everything: cookie, key and name. */
  readonly headers: Readonly<Record<string, string>>;
}

function request(
  url: string,
  options: http.RequestOptions,
  body = '',
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = http.request(url, options, (response) => {
      response.on('data', (part: Buffer) => received.push(part));
      response.on('error', () => undefined);
      resolve(response);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Opens the printed address as a browser does, and listens to the views. */
async function openPage(address: string): Promise<Page> {
  const { origin } = new URL(address);
  const entered = await request(address, {});
  await finished(entered);
  const text = Buffer.concat(received).toString('utf8');
  const cookie = entered.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  const key = /name="gerai-key" content="([^"]+)"/.exec(text)?.[1] ?? '';
  const hello = await fetch(`${origin}/hello?nonce=${'n'.repeat(32)}`, { headers: { cookie } });
  const { run } = z.object({ run: z.string() }).parse(await hello.json());
  const page = 'a-page-of-the-test';
  const proof = pageProof(key, `page|${new URL(origin).port}|${run}|${page}`);
  const headers = { cookie, 'x-gerai-key': proof, 'x-gerai-page': page };
  await request(`${origin}/push`, { headers });
  return { origin, headers };
}

async function pay(page: Page, amount: number, phone: string): Promise<void> {
  const message = { name: 'payment.start', args: { amount, phone, confirmRepeat: false } };
  const response = await request(
    `${page.origin}/ipc`,
    {
      method: 'POST',
      headers: { ...page.headers, origin: page.origin, 'content-type': 'application/json' },
    },
    JSON.stringify({ channel: channels.request, message }),
  );
  expect(response.statusCode).toBe(200);
}

/** Every value in every table, whole: in the file a long one is cut into pages. */
function tablesBelow(path: string): Buffer {
  const tables = filesBelow(path)
    .filter((file) => file.endsWith('.db'))
    .flatMap((file) => {
      const database = new Database(file, { readonly: true });
      try {
        const names = database
          .prepare("SELECT name FROM sqlite_schema WHERE type = 'table'")
          .pluck();
        return names.all().flatMap((name) => rowsOf(database, String(name)));
      } finally {
        database.close();
      }
    });
  return Buffer.concat(tables);
}

function rowsOf(database: Database.Database, table: string): Buffer[] {
  return database
    .prepare(`SELECT * FROM "${table}"`)
    .raw()
    .all()
    .flatMap((row) => (Array.isArray(row) ? row : []))
    .map((value) => (Buffer.isBuffer(value) ? value : Buffer.from(`${String(value)}\n`)));
}

const kinds = (): readonly unknown[] => {
  const database = new Database(join(folder.path, 'training', 'gerai.db'), { readonly: true });
  try {
    return database.prepare('SELECT kind FROM payments ORDER BY id').pluck().all();
  } finally {
    database.close();
  }
};

beforeAll(async () => {
  await buildIfNeeded();
  const start = join(root, 'build', 'start.ts');
  const args = [start, '--host', 'browser', '--no-open', '--data', folder.path];
  till = new Spoken(process.execPath, args, {
    GERAI_APP_KEY: appKey,
    GERAI_TEST_CLOCK: JSON.stringify({ start: '2026-03-02T03:00:00.000Z', speed: 30 }),
  });
  const [, address = ''] = await till.says(/Gerai is running: (\S+)/);
  const page = await openPage(address);
  for (const [n, phone] of phones.entries()) await pay(page, 12_500 + n, phone);
  await vi.waitFor(() => expect(kinds()).toEqual(['paid', 'notCharged', 'reversed']), {
    timeout: 20_000,
    interval: 50,
  });
  whileRunning = foundBelow(folder.path, needlesOf(appKey));
  till.child.kill('SIGTERM');
  await till.ends();
}, 180_000);

afterAll(() => {
  till.child.kill('SIGKILL');
  folder.remove();
});

describe('the search itself', () => {
  test('finds a planted secret in every form, also inside a larger one', () => {
    const planted = temporaryFolder();
    const secret = randomBytes(24).toString('hex');
    const write = (name: string, bytes: Buffer | string) =>
      writeFileSync(join(planted.path, name), bytes);
    const inside = (n: number) => Buffer.from(`${'{"k":"'.slice(0, n)}${secret}"}`);
    write('plain', `before ${secret} behind`);
    write('hex', Buffer.from(secret).toString('hex'));
    write('HEX', Buffer.from(secret).toString('hex').toUpperCase());
    write('UTF-16 LE', Buffer.from(`x${secret}`, 'utf16le'));
    write('UTF-16 BE', Buffer.from(`x${secret}`, 'utf16le').swap16());
    for (const shift of [0, 1, 2]) {
      write(`base64 +${shift}`, inside(shift).toString('base64'));
      write(`base64url +${shift}`, inside(shift).toString('base64url'));
    }
    const hits = foundBelow(planted.path, needlesOf(secret));
    for (const path of filesBelow(planted.path)) {
      const form = path.slice(planted.path.length + 1);
      expect(hits).toContain(`${path}: ${form}`);
    }
    planted.remove();
  });

  test('finds a secret in a table that the file cuts into pages', () => {
    const planted = temporaryFolder();
    const secret = randomBytes(24).toString('hex');
    const database = new Database(join(planted.path, 'planted.db'));
    database.exec('CREATE TABLE t (value BLOB)');
    const insert = database.prepare('INSERT INTO t VALUES (?)');
    for (let at = 0; at < 100; at += 1)
      insert.run(Buffer.from(`${'x'.repeat(4_000 + at)}${secret}`));
    database.close();
    expect(found(tablesBelow(planted.path), needlesOf(secret))).toEqual(['plain']);
    planted.remove();
  });

  test('looks at all there is: three databases’ worth of files, the log, the page’s traffic', () => {
    const names = filesBelow(folder.path).map((path) => path.slice(folder.path.length + 1));
    expect(names).toEqual(
      expect.arrayContaining([
        'terminal.json',
        'browser-host.json',
        join('training', 'gerai.db'),
        join('training', 'ovo-simulator.db'),
        join('logs', 'gerai.log'),
      ]),
    );
    // The requests are there, signature and all; so the search goes through them.
    const tables = tablesBelow(folder.path);
    for (const word of ['hmac', 'gerai-training', ...phones])
      expect(tables.includes(word)).toBe(true);
    expect(Buffer.concat(received).includes('"phase":"reversed"')).toBe(true);
  });
});

describe('rule 25: the app key', () => {
  const key = needlesOf(appKey);

  test('is in no file below the data folder, while the till runs and after', () => {
    expect(whileRunning).toEqual([]);
    expect(foundBelow(folder.path, key)).toEqual([]);
    expect(found(tablesBelow(folder.path), key)).toEqual([]);
  });

  test('is in nothing that the page received, and in nothing that the program printed', () => {
    expect(found(Buffer.concat(received), key)).toEqual([]);
    expect(found(Buffer.from(till.text), key)).toEqual([]);
  });

  test('training’s own is not in the page’s bundle either', () => {
    for (const part of ['renderer', 'preload', 'browser-host']) {
      expect(foundBelow(join(root, 'dist', part), needlesOf(trainingAppKey))).toEqual([]);
    }
  });
});

describe('the program’s log', () => {
  const log = () =>
    Buffer.concat(filesBelow(join(folder.path, 'logs')).map((path) => readFileSync(path)));
  const plain = (text: string): Needle => ({ form: text, bytes: Buffer.from(text) });
  const phoneForms = phones.flatMap((phone) => {
    const local = phone.slice(1);
    const parts = [phone.slice(0, 4), phone.slice(4, 8), phone.slice(8)];
    return [phone, `62${local}`, local, parts.join('-'), parts.join(' ')].map(plain);
  });

  test('has lines to search', () => {
    expect(log().toString('utf8')).toContain('"what":"ready"');
    expect(found(Buffer.from('to 0812-3456-0001'), phoneForms)).toEqual(['0812-3456-0001']);
  });

  test('has no full phone number, no customer’s name and no balance', () => {
    expect(found(log(), phoneForms)).toEqual([]);
    expect(found(log(), Object.values(customer).map(plain))).toEqual([]);
  });

  test('name and balance are in the exchange log, and nowhere in what the page received', () => {
    const tables = tablesBelow(folder.path);
    for (const text of Object.values(customer)) expect(tables.includes(text)).toBe(true);
    expect(found(Buffer.concat(received), Object.values(customer).map(plain))).toEqual([]);
  });
});
