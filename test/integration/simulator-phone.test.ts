import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../main/training/simulator.ts';
import {
  call,
  fieldsOf,
  HandClock,
  type HttpAnswer,
  startForTest,
  type TestTerminal,
} from './simulator-kit.ts';

let clock: HandClock;
let till: TestTerminal<Simulator>;
let origin: string;

beforeEach(async () => {
  clock = new HandClock('2021-03-24 17:34:00');
  till = await startForTest(clock);
  origin = new URL(till.simulator.phoneUrl).origin;
});
afterEach(() => till.simulator.close());

async function post(path: string, body: unknown, headers: Record<string, string> = { origin }) {
  const answer = await call(`${origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  }).end;
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
}
const get = async (path: string, headers: Record<string, string> = {}): Promise<HttpAnswer> => {
  const answer = await call(`${origin}${path}`, { headers }).end;
  if (typeof answer === 'string') throw new Error(answer);
  return answer;
};
async function waiting() {
  const payment = till.payment('081234567890');
  const push = await till.push(payment);
  return { payment, push, id: till.inBooks(payment)?.id ?? 0 };
}

describe('the customer decides', () => {
  test.each([
    ['approve', '00', 'charged'],
    ['decline', '17', 'declined'],
  ])('%s: the till hears %s', async (does, code, state) => {
    const { payment, push, id } = await waiting();
    clock.advance(20_000);
    expect((await post(`/phone/${does}`, { id })).status).toBe(200);
    expect(fieldsOf(await push.end).responseCode).toBe(code);
    expect(till.inBooks(payment)?.state).toBe(state);
    clock.advance(60_000);
    expect(till.inBooks(payment)?.state).toBe(state);
  });

  test('too late: after 60 s, or once it has been reversed', async () => {
    const { payment, id } = await waiting();
    await till.ask('reversal', payment);
    expect((await post('/phone/approve', { id })).status).toBe(409);
    const late = await waiting();
    clock.advance(60_000);
    expect((await post('/phone/approve', { id: late.id })).status).toBe(409);
    expect(till.inBooks(late.payment)?.state).toBe('expired');
  });

  test('the state names what waits, what has been, and what OVO saw', async () => {
    const { id } = await waiting();
    await till.post('{}').end;
    clock.advance(18_000);
    const state = fieldsOf(await get('/phone/state'));
    expect(state).toMatchObject({
      clock: '17:34',
      day: '2021-03-24',
      lineDownLeftMs: null,
      waiting: [{ id, amount: 12_500, byHand: true, leftMs: 42_000, totalMs: 60_000 }],
      recent: [],
      messages: [
        { operation: null, code: 'BR', reason: expect.stringContaining('processingCode') },
        { operation: 'pushToPay', answered: false },
      ],
    });
  });
});

describe('nobody else may act', () => {
  test.each<[string, Record<string, string>]>([
    ['another site', { origin: 'https://example.com' }],
    ['another port', { origin: 'http://127.0.0.1:1' }],
    ['an opaque origin', { origin: 'null' }],
    ['no origin', {}],
    ['no origin, from elsewhere', { 'sec-fetch-site': 'cross-site' }],
  ])('%s is refused', async (_who, headers) => {
    const { payment, id } = await waiting();
    expect((await post('/phone/approve', { id }, headers)).status).toBe(403);
    expect(till.inBooks(payment)?.state).toBe('pending');
  });

  test('a rebound name is refused, on the page and on the state', async () => {
    const port = new URL(origin).port;
    for (const path of ['/', '/phone/state']) {
      expect((await get(path, { host: `evil.example:${port}` })).status).toBe(421);
      expect((await get(path, { host: `localhost:${port}` })).status).toBe(200);
    }
  });

  test('form posts, oddities and unknown paths change nothing', async () => {
    const { payment, id } = await waiting();
    const form = { origin, 'content-type': 'text/plain' };
    expect((await post('/phone/approve', { id }, form)).status).toBe(415);
    expect((await post('/phone/approve', { id: 'x' })).status).toBe(400);
    expect((await post('/phone/approve', { id, more: 'x'.repeat(5_000) })).status).toBe(400);
    expect((await post('/phone/charge', { id })).status).toBe(404);
    expect((await get('/phone/approve')).status).toBe(404);
    expect(till.inBooks(payment)?.state).toBe('pending');
  });

  test('the page may run its own script only, and cannot be framed', async () => {
    const page = await get('/');
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
  });
});

test('the button takes the line down for a minute; the phone page and open pushes stay', async () => {
  const { push, id } = await waiting();
  expect((await post('/phone/line-down', {})).status).toBe(200);
  expect(await till.send('phoneCheck', till.payment('081234560001')).end).toBe('ECONNREFUSED');
  clock.advance(15_000);
  expect(fieldsOf(await get('/phone/state')).lineDownLeftMs).toBe(45_000);
  await post('/phone/approve', { id });
  expect(fieldsOf(await push.end).responseCode).toBe('00');
  clock.advance(45_000);
  const again = till.send('phoneCheck', till.payment('081234560001'));
  expect(fieldsOf(await again.end).responseCode).toBe('00');
  expect(fieldsOf(await get('/phone/state')).lineDownLeftMs).toBeNull();
});
