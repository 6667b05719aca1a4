import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { trainingAppKeys, trainingIdentity } from '../../main/training/identity.ts';
import { type Simulator, startSimulator } from '../../main/training/simulator.ts';
import {
  aWhile,
  call,
  fieldsOf,
  HandClock,
  type Payment,
  startForTest,
  TestTerminal,
} from './simulator-kit.ts';

const start = '2021-03-24 17:34:00';
let directory: string;
const open: Simulator[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gerai-simulator-'));
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((simulator) => simulator.close()));
  rmSync(directory, { recursive: true, force: true });
});

async function started(clock: HandClock): Promise<TestTerminal<Simulator>> {
  const till = await startForTest(clock, directory);
  open.push(till.simulator);
  return till;
}

/** A terminal that meets the simulator again, `seconds` after the start of the test. */
async function again(seconds: number): Promise<TestTerminal<Simulator>> {
  const clock = new HandClock(start);
  clock.advance(seconds * 1_000);
  return started(clock);
}

function notHere(): never {
  throw new Error('these books are in another process');
}

/** Plays pushes in a simulator of its own process and kills it with SIGKILL. */
async function killedAfter(phones: readonly string[]): Promise<readonly Payment[]> {
  const program = fileURLToPath(new URL('./simulator-child.ts', import.meta.url));
  const child = spawn(process.execPath, [program, directory, start], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [baseUrl]: unknown[] = await once(createInterface(child.stdout), 'line');
  const elsewhere = { baseUrl: String(baseUrl), books: notHere };
  const till = new TestTerminal(elsewhere, new HandClock(start));
  const payments = phones.map((phone) => till.payment(phone));
  for (const payment of payments) {
    till.send('push', payment);
    // The check is answered after the push is in the books: a push that was seen is 68 or decided.
    while ((await till.ask('check', payment)).responseCode === '25') await aWhile();
  }
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  return payments;
}

test('SIGKILL: OVO is found as it was, and stories went on meanwhile', async () => {
  const phones = ['0001', '0002', '0006', '7890'].map((digits) => `08123456${digits}`);
  const payments = await killedAfter(phones);
  const till = await again(10);
  const books = payments.map((payment) => till.inBooks(payment));
  expect(books.map((one) => one?.state)).toEqual(['charged', 'declined', 'charged', 'pending']);
  expect(books[0]?.chargedAt).toBe((books[0]?.receivedAt ?? 0) + 3_000);
  const codes = await Promise.all(payments.map((payment) => till.ask('check', payment)));
  expect(codes.map((fields) => fields.responseCode)).toEqual(['00', '17', '00', '68']);
  till.clock.advance(50_000);
  expect(payments.map((payment) => till.inBooks(payment)?.state).at(-1)).toBe('expired');
});

test('numbers used before a restart stay used, and the port stays the same', async () => {
  const first = await started(new HandClock(start));
  const payment = first.payment('081234560001');
  await first.push(payment);
  const { baseUrl, phoneUrl } = first.simulator;
  await first.simulator.close();
  open.pop();
  const second = await again(2);
  expect([second.simulator.baseUrl, second.simulator.phoneUrl]).toEqual([baseUrl, phoneUrl]);
  expect(
    (await second.ask('push', { ...payment, merchantInvoice: 'TRAIN001-NEW' })).responseCode,
  ).toBe('94');
  // Two of its three seconds had passed before the restart.
  second.clock.advance(999);
  expect(second.inBooks(payment)?.state).toBe('pending');
  second.clock.advance(1);
  expect(second.inBooks(payment)?.state).toBe('charged');
});

test('a clock set back while nobody watched does not lengthen a session', async () => {
  const first = await again(3_600);
  const payment = first.payment('081234567890');
  await first.push(payment);
  await first.simulator.close();
  open.pop();
  const second = await again(0);
  second.clock.advance(60_000);
  expect(second.inBooks(payment)?.state).toBe('expired');
});

test('a wall clock that jumps does not move the stories', async () => {
  const till = await started(new HandClock(start));
  const payment = till.payment('081234567890');
  await till.push(payment);
  till.clock.stepWall(-3_600_000);
  till.clock.advance(59_999);
  expect(till.inBooks(payment)?.state).toBe('pending');
  till.clock.advance(1);
  expect(till.inBooks(payment)?.state).toBe('expired');
});

test('a reversal in the unanswered three is remembered over a restart', async () => {
  const first = await started(new HandClock(start));
  const payment = first.payment('081234560019');
  await first.push(payment);
  for (let tries = 0; tries < 2; tries++) {
    first.send('reversal', payment);
    await aWhile();
  }
  await first.simulator.close();
  open.pop();
  const second = await again(70);
  expect(second.inBooks(payment)?.reversalsSeen).toBe(2);
});

test('books that cannot be read are set aside under another name, not deleted', async () => {
  writeFileSync(join(directory, 'ovo-simulator.db'), 'not a database at all, but long enough');
  const till = await started(new HandClock(start));
  expect(till.simulator.books().payments()).toEqual([]);
  expect(readdirSync(directory).some((name) => name.includes('.unreadable-'))).toBe(true);
});

describe('books that cannot be written, here for a lock, stop nothing', () => {
  /** Takes the file as another program would, until the returned call. */
  function lock(mode: 'NORMAL' | 'EXCLUSIVE'): () => void {
    const other = new Database(join(directory, 'ovo-simulator.db'));
    other.pragma(`locking_mode = ${mode}`);
    other.exec('BEGIN IMMEDIATE');
    return () => other.close();
  }

  test('a story waits, tries again each second, and is answered once it is kept', async () => {
    const till = await started(new HandClock(start));
    const payment = till.payment('081234560001');
    const push = await till.push(payment);
    const unlock = lock('NORMAL');
    till.clock.advance(5_000);
    expect(till.inBooks(payment)?.state).toBe('pending');
    expect(push.ended()).toBeNull();
    unlock();
    till.clock.advance(1_000);
    expect(till.inBooks(payment)?.state).toBe('charged');
    expect(fieldsOf(await push.end).responseCode).toBe('00');
  });

  test('a message is lost, leaves nothing behind, and can be sent again', async () => {
    const till = await started(new HandClock(start));
    const payment = till.payment('081234560001');
    const unlock = lock('NORMAL');
    expect(await till.send('push', payment).end).toBe('ECONNRESET');
    unlock();
    expect(till.simulator.books().messages(10)).toEqual([]);
    const push = await till.push(payment);
    till.clock.advance(3_000);
    expect(fieldsOf(await push.end).responseCode).toBe('00');
  });

  test('the phone page is told why, and may choose again', async () => {
    const till = await started(new HandClock(start));
    const payment = till.payment('081234567890');
    await till.push(payment);
    const { origin } = new URL(till.simulator.phoneUrl);
    const approve = () =>
      call(`${origin}/phone/approve`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json' },
        body: JSON.stringify({ id: till.inBooks(payment)?.id }),
      }).end;
    const unlock = lock('NORMAL');
    const refused = await approve();
    unlock();
    expect(refused).toMatchObject({ status: 503 });
    expect(String(typeof refused === 'string' ? refused : refused.body)).toContain(
      'another program holds them locked (SQLITE_BUSY)',
    );
    expect(await approve()).toMatchObject({ status: 200 });
    expect(till.inBooks(payment)?.state).toBe('charged');
  });

  test('at the start it is said in words, and the file is not set aside', async () => {
    await (await started(new HandClock(start))).simulator.close();
    open.pop();
    const unlock = lock('EXCLUSIVE');
    await expect(startForTest(new HandClock(start), directory)).rejects.toThrow(
      /^The books of OVO's simulator in .* cannot be opened: another program holds them locked/,
    );
    unlock();
    expect(readdirSync(directory).filter((name) => name.includes('unreadable'))).toEqual([]);
  });

  test('a file in the place of their folder is said in words', async () => {
    const path = join(directory, 'a-file');
    writeFileSync(path, '');
    await expect(startForTest(new HandClock(start), path)).rejects.toThrow(
      'cannot be opened: the folder cannot be written to (EEXIST)',
    );
  });
});

test('a port that is asked for and taken is an error, not another port', async () => {
  const first = await started(new HandClock(start));
  const port = Number(new URL(first.simulator.baseUrl).port);
  const second = startSimulator({
    clock: new HandClock(start),
    directory: null,
    port,
    appKeys: trainingAppKeys,
    identity: trainingIdentity,
  });
  await expect(second).rejects.toThrow('EADDRINUSE');
});

test('answerAtOnce: every push is approved at once, whatever its number', async () => {
  const clock = new HandClock(start);
  const simulator = await startSimulator({
    clock,
    directory: null,
    appKeys: trainingAppKeys,
    identity: trainingIdentity,
    answerAtOnce: true,
  });
  open.push(simulator);
  const till = new TestTerminal(simulator, clock);
  for (const digits of ['0002', '0005', '7890']) {
    const payment = till.payment(`08123456${digits}`);
    expect((await till.ask('push', payment)).responseCode).toBe('00');
    expect(till.inBooks(payment)?.state).toBe('charged');
  }
});
