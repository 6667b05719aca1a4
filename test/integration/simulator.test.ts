import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Simulator } from '../../main/training/simulator.ts';
import { stories } from '../../main/training/stories.ts';
import { formatRupiah } from '../../shared/money.ts';
import {
  aWhile,
  call,
  fieldsOf,
  HandClock,
  type HttpAnswer,
  type Payment,
  startForTest,
  type TestTerminal,
} from './simulator-kit.ts';

let clock: HandClock;
let till: TestTerminal<Simulator>;

beforeEach(async () => {
  clock = new HandClock('2021-03-24 17:34:00');
  till = await startForTest(clock);
});
afterEach(() => till.simulator.close());

const phoneOf = (digits: string): string => `08123456${digits}`;

/** Sends the push of a story and lets some seconds pass. */
async function play(
  digits: string,
  seconds: number,
): Promise<[Payment, HttpAnswer | string | null]> {
  const payment = till.payment(phoneOf(digits));
  const push = await till.push(payment);
  clock.advance(seconds * 1_000);
  await aWhile();
  return [payment, push.ended()];
}
const codeOf = async (kind: Parameters<TestTerminal['ask']>[0], payment: Payment) =>
  (await till.ask(kind, payment)).responseCode;
const answered = (answer: HttpAnswer | string | null): HttpAnswer => {
  if (answer === null || typeof answer === 'string') throw new Error(`no answer: ${answer}`);
  return answer;
};

describe('every operation', () => {
  test('an approved push is answered with all fields, in the shapes of the field', async () => {
    const [payment, answer] = await play('0001', 3);
    expect(answered(answer).status).toBe(200);
    expect(fieldsOf(answered(answer))).toEqual({
      type: '0210',
      processingCode: '040000',
      amount: 12_500,
      date: payment.date,
      traceNumber: 3_001,
      hostTime: '173403',
      hostDate: '0324',
      referenceNumber: 1,
      approvalCode: '417919',
      responseCode: '00',
      tid: 'TRAIN001',
      mid: 'TRAINING0000001',
      transactionRequestData: {
        batchNo: '240321',
        merchantInvoice: payment.merchantInvoice,
        phone: payment.phone,
      },
      transactionResponseData: expect.objectContaining({
        ovoid: '********0001',
        cashUsed: '12500',
        cashBalance: expect.any(String),
        ovoPointsUsed: '0',
        paymentType: 'PUSH TO PAY',
      }),
    });
    expect(till.inBooks(payment)).toMatchObject({ state: 'charged', amount: 12_500 });
    expect(formatRupiah(till.inBooks(payment)?.amount ?? 0)).toBe('Rp\u00a012.500');
  });

  test('the Date header shows the clock of the simulator, and only once', async () => {
    const sent = await till.send('phoneCheck', till.payment(phoneOf('0001'))).end;
    expect(answered(sent).headers.date).toBe('Wed, 24 Mar 2021 10:34:00 GMT');
  });

  test('each operation answers with its own type and processing code', async () => {
    const [payment] = await play('0001', 3);
    const shape = async (kind: Parameters<TestTerminal['ask']>[0]) => {
      const { type, processingCode, responseCode } = await till.ask(kind, payment);
      return [type, processingCode, responseCode];
    };
    expect(await shape('phoneCheck')).toEqual(['0110', '050000', '00']);
    expect(await shape('check')).toEqual(['0110', '040000', '00']);
    expect(await shape('voidCheck')).toEqual(['0110', '020040', '25']);
    expect(await shape('void')).toEqual(['0210', '020040', '00']);
    expect(await shape('voidCheck')).toEqual(['0110', '020040', '00']);
    expect(await shape('check')).toEqual(['0110', '040000', '73']);
    expect(await shape('reversal')).toEqual(['0410', '040000', '73']);
    expect(till.inBooks(payment)).toMatchObject({ state: 'voided', reversedAt: null });
  });

  test('a charged, a pending and an expired payment are reversed once, an unknown one is not', async () => {
    for (const [digits, seconds] of [
      ['0001', 3],
      ['7890', 5],
      ['7890', 61],
    ] as const) {
      const [payment] = await play(digits, seconds);
      expect(await codeOf('reversal', payment)).toBe('00');
      expect(await codeOf('reversal', payment)).toBe('73');
      expect(await codeOf('check', payment)).toBe('73');
      expect(till.inBooks(payment)?.state).toBe('reversed');
    }
    const unknown = till.payment(phoneOf('0001'));
    expect(await codeOf('reversal', unknown)).toBe('25');
    expect(await codeOf('void', unknown)).toBe('25');
    expect(await codeOf('check', unknown)).toBe('25');
    // Not remembered either: the push may still come.
    await till.push(unknown);
    expect(till.inBooks(unknown)?.state).toBe('pending');
  });

  test('a check tells what the books say', async () => {
    const [waiting] = await play('7890', 1);
    expect(await codeOf('check', waiting)).toBe('68');
    clock.advance(60_000);
    expect(await codeOf('check', waiting)).toBe('40');
    const [declined] = await play('0002', 3);
    expect(await codeOf('check', declined)).toBe('17');
  });

  test('a check finds a payment by its own date and exact numbers only, for seven days', async () => {
    const [payment] = await play('0001', 3);
    for (const change of [
      { date: payment.date.replace('17:34', '17:35') },
      { referenceNumber: '000001' },
      { referenceNumber: 1 },
      { amount: 12_501 },
      { phone: phoneOf('0002') },
    ]) {
      expect(await codeOf('check', { ...payment, ...change })).toBe('25');
    }
    clock.advance(7 * 86_400_000 - 60_000);
    expect(await codeOf('check', payment)).toBe('00');
    clock.advance(120_000);
    expect(await codeOf('check', payment)).toBe('54');
  });

  test('T2: reversal and void are refused from 23:59 of the day of the payment', async () => {
    const [payment] = await play('0001', 3);
    clock.advance(Date.parse('2021-03-24T23:59:00+07:00') - clock.wall());
    expect(await codeOf('reversal', payment)).toBe('40');
    clock.advance(120_000);
    expect(await codeOf('void', payment)).toBe('40');
    expect(till.inBooks(payment)).toMatchObject({ state: 'charged', reversedAt: null });
  });
});

describe('strictness', () => {
  test('only POST /pos is served', async () => {
    const { baseUrl } = till.simulator;
    expect(answered(await call(`${baseUrl}/pos`, {}).end).status).toBe(405);
    const elsewhere = await call(`${baseUrl}/`, { method: 'POST', body: '{}' }).end;
    expect(answered(elsewhere).status).toBe(404);
    expect(answered(await till.post('x'.repeat(70_000)).end).status).toBe(413);
  });

  test.each<[string, (port: string) => Record<string, string>]>([
    ['another site', () => ({ origin: 'https://example.com' })],
    ['the phone page’s port, or any other', () => ({ origin: 'http://127.0.0.1:1' })],
    ['a page that was served from this very port', (p) => ({ origin: `http://127.0.0.1:${p}` })],
    ['an opaque origin', () => ({ origin: 'null' })],
    ['a browser that sends no origin', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['a rebound name', (port) => ({ host: `evil.example:${port}` })],
    ['another port’s name', () => ({ host: '127.0.0.1:1' })],
  ])('%s is turned away before anything of it is kept, its numbers included', async (_who, of) => {
    const { port } = new URL(till.simulator.baseUrl);
    const payment = till.payment(phoneOf('0001'));
    const body = JSON.stringify(till.body('push', payment));
    const headers = { ...till.headers(body), ...of(port) };
    expect(answered(await till.post(body, headers).end).status).toBe(403);
    expect(till.simulator.books().messages(10)).toEqual([]);
    expect(till.simulator.books().payments()).toEqual([]);
    // The till itself then comes with the same numbers, and is understood.
    expect(till.inBooks(payment)).toBeUndefined();
    await till.push(payment);
    expect(till.inBooks(payment)?.state).toBe('pending');
  });

  test('this computer may be called localhost too', async () => {
    const body = JSON.stringify(till.body('phoneCheck', till.payment(phoneOf('0001'))));
    const host = `localhost:${new URL(till.simulator.baseUrl).port}`;
    expect(answered(await till.post(body, { ...till.headers(body), host }).end).status).toBe(200);
  });

  test('a stranger gets ER with 401, and the phone page can say why', async () => {
    const body = JSON.stringify(till.body('push', till.payment(phoneOf('0001'))));
    const headers = { ...till.headers(body), hmac: 'ff' };
    const answer = answered(await till.post(body, headers).end);
    expect([answer.status, fieldsOf(answer).responseCode]).toEqual([401, 'ER']);
    const [seen] = till.simulator.books().messages(1);
    expect(seen).toMatchObject({ code: 'ER', status: 401, reason: 'hmac is wrong' });
    expect(till.simulator.books().payments()).toEqual([]);
  });

  test('N1: a number or an invoice used before is a duplicate, however it is written', async () => {
    const [first] = await play('0001', 3);
    const next = till.payment(phoneOf('0001'));
    expect(await codeOf('push', { ...next, referenceNumber: '0001' })).toBe('94');
    expect(await codeOf('push', { ...next, merchantInvoice: first.merchantInvoice })).toBe('94');
    const tomorrow = { ...next, batchNo: '250321', referenceNumber: '1' };
    await till.push(tomorrow);
    expect(till.inBooks(tomorrow)?.state).toBe('pending');
  });

  test('N1: a reference that comes after a higher one is told in the books', async () => {
    const [low, high] = [till.payment(phoneOf('9017')), till.payment(phoneOf('9017'))];
    await till.ask('push', high);
    await till.ask('push', low);
    expect(till.simulator.books().messages(1)[0]?.reason).toBe('reference 1 came after 2');
  });
});

describe('stories', () => {
  test.each([
    ['0001', '00', 'charged', '00'],
    ['0002', '17', 'declined', '17'],
    ['0003', '14', 'declined', '14'],
    ['0004', '26', 'declined', '26'],
    ['0010', '40', 'declined', '40'],
    ['0011', '94', 'refused', '25'],
  ])('%s: answered %s, then %s', async (digits, code, state, check) => {
    const [payment, answer] = await play(digits, 3);
    expect(fieldsOf(answered(answer)).responseCode).toBe(code);
    expect(till.inBooks(payment)?.state).toBe(state);
    expect(await codeOf('check', payment)).toBe(check);
  });

  test.each(stories.filter((story) => /^9/.test(story.digits)).map((story) => story.digits))(
    '%s: answers its code at once, believably',
    async (digits) => {
      const [payment, answer] = await play(digits, 0);
      const fields = fieldsOf(answered(answer));
      const lettered: Record<string, string> = { 9101: 'BR', 9102: 'EB', 9103: 'ER', 9104: 'ZZ' };
      expect(fields).toMatchObject({
        type: '0210',
        processingCode: '040000',
        amount: 12_500,
        referenceNumber: 1,
        responseCode: lettered[digits] ?? digits.slice(2),
      });
      clock.advance(120_000);
      expect(till.inBooks(payment)?.chargedAt === null).toBe(digits !== '9000');
    },
  );

  test.each([
    ['0005', 'expired', '68', '00'],
    ['0006', 'charged', '00', '00'],
    ['0019', 'expired', '40', null],
    ['0020', 'lost', '25', '25'],
    ['0022', 'reversed', '73', '73'],
    ['0034', 'expired', '58', '00'],
  ])('%s: silent, the books say %s, a check says %s', async (digits, state, check, reversal) => {
    const [payment, answer] = await play(digits, 62);
    expect(answer).toBeNull();
    expect(till.inBooks(payment)?.state).toBe(state);
    expect(await codeOf('check', payment)).toBe(check);
    if (reversal !== null) expect(await codeOf('reversal', payment)).toBe(reversal);
  });

  test('0003, 0031: phone checks', async () => {
    expect(await codeOf('phoneCheck', till.payment(phoneOf('0003')))).toBe('14');
    const silent = till.send('phoneCheck', till.payment(phoneOf('0031')));
    await aWhile();
    clock.advance(30_000);
    await aWhile();
    expect(silent.ended()).toBeNull();
    const [, answer] = await play('0031', 3);
    expect(fieldsOf(answered(answer)).responseCode).toBe('00');
  });

  test.each([
    ['0007', 58, 58],
    ['0008', 59, 62],
  ])('%s: charged at %i s, answered at %i s', async (digits, chargedAt, answeredAt) => {
    const payment = till.payment(phoneOf(digits));
    const push = await till.push(payment);
    clock.advance(chargedAt * 1_000 - 1);
    expect(till.inBooks(payment)?.state).toBe('pending');
    clock.advance(1);
    expect(till.inBooks(payment)?.state).toBe('charged');
    clock.advance((answeredAt - chargedAt) * 1_000);
    expect(fieldsOf(await push.end).responseCode).toBe('00');
  });

  test('0009: pending at once, charged at 10 s', async () => {
    const [payment, answer] = await play('0009', 9);
    expect(fieldsOf(answered(answer)).responseCode).toBe('68');
    expect(await codeOf('check', payment)).toBe('68');
    clock.advance(1_000);
    expect(await codeOf('check', payment)).toBe('00');
  });

  test.each<[string, number, (answer: HttpAnswer, payment: Payment) => void]>([
    ['0012', 3, (answer) => expect(answer.headers['content-type']).toBe('text/html')],
    ['0013', 3, (answer) => expect(fieldsOf(answer).referenceNumber).toBe(2)],
    [
      '0014',
      3,
      (answer) => {
        expect(fieldsOf(answer).responseCode).toBe('00');
        expect(Object.keys(fieldsOf(answer))).not.toContain('amount');
        expect(Object.keys(fieldsOf(answer))).not.toContain('referenceNumber');
      },
    ],
    [
      '0015',
      3,
      (answer, { merchantInvoice }) => {
        const fields = fieldsOf(answer);
        expect(fields).toMatchObject({ responseCode: '00', amount: 12_500, referenceNumber: 1 });
        expect(fields.transactionRequestData).toEqual({ batchNo: '240321', merchantInvoice });
        for (const left of ['tid', 'mid', 'approvalCode', 'transactionResponseData']) {
          expect(Object.keys(fields)).not.toContain(left);
        }
      },
    ],
    ['0023', 3, (answer) => expect(() => fieldsOf(answer)).toThrow(SyntaxError)],
    ['0024', 3, (answer) => expect(answer.body.length).toBeGreaterThan(10 * 1024 * 1024)],
    [
      '0026',
      3,
      (answer, payment) =>
        expect(answer.body.toString()).toContain(`"${payment.merchantInvoice}-OTHER"`),
    ],
    ['0027', 3, (answer) => expect(fieldsOf(answer).amount).toBe(-12_500)],
    [
      '0028',
      3,
      (answer) => {
        expect(fieldsOf(answer).responseCode).toBe('00');
        expect(answer.body.toString()).toContain('['.repeat(10_000));
      },
    ],
    [
      '0029',
      3,
      (answer) =>
        expect(() => new TextDecoder('utf-8', { fatal: true }).decode(answer.body)).toThrow(),
    ],
  ])('%s: charged, but the answer is wrong', async (digits, seconds, look) => {
    const payment = till.payment(phoneOf(digits));
    const push = await till.push(payment);
    clock.advance(seconds * 1_000);
    look(answered(await push.end), payment);
    expect(till.inBooks(payment)?.state).toBe('charged');
    expect(await codeOf('check', payment)).toBe('00');
  });

  test.each([
    ['0016', 59, 404, ''],
    ['0017', 3, 500, 'Internal Server Error'],
  ])('%s: at %i s HTTP %i, never charged', async (digits, seconds, status, body) => {
    const [payment, answer] = await play(digits, seconds);
    expect(answered(answer).status).toBe(status);
    expect(answered(answer).body.toString()).toBe(body);
    clock.advance(60_000);
    expect(await codeOf('check', payment)).toBe('40');
    expect(await codeOf('reversal', payment)).toBe('00');
  });

  test('0019: three reversals go unanswered and undone, the fourth is carried out', async () => {
    const [payment] = await play('0019', 65);
    for (let tries = 0; tries < 3; tries++) {
      const reversal = till.send('reversal', payment);
      await aWhile();
      expect(reversal.ended()).toBeNull();
      expect(till.inBooks(payment)?.state).toBe('expired');
    }
    expect(await codeOf('reversal', payment)).toBe('00');
  });

  test('0021: unknown at 62 s, charged at 64 s', async () => {
    const [payment, answer] = await play('0021', 62);
    expect(await codeOf('check', payment)).toBe('25');
    clock.advance(2_000);
    expect(await codeOf('check', payment)).toBe('00');
    await aWhile();
    expect(answer).toBeNull();
  });

  test('0025: the answer drips and is not whole at 65 s', async () => {
    const payment = till.payment(phoneOf('0025'));
    const push = await till.push(payment);
    clock.advance(64_000);
    await aWhile();
    expect(push.bytes()).toBeGreaterThan(0);
    expect(push.ended()).toBeNull();
    clock.advance(70_000);
    expect(fieldsOf(await push.end).responseCode).toBe('00');
  });

  test('0030: the connection closes without an answer, and it is charged at 3 s', async () => {
    const payment = till.payment(phoneOf('0030'));
    const push = await till.push(payment);
    expect(await push.end).toBe('ECONNRESET');
    clock.advance(3_000);
    expect(till.inBooks(payment)?.state).toBe('charged');
  });

  test('0032: the check names another invoice until it is reversed', async () => {
    const [payment] = await play('0032', 62);
    const fields = await till.ask('check', payment);
    expect(fields).toMatchObject({ type: '0110', responseCode: '00', amount: 12_500 });
    expect(JSON.stringify(fields)).toContain(`${payment.merchantInvoice}-OTHER`);
  });

  test('0033: a decline with HTTP status 400 and a normal body', async () => {
    const [, answer] = await play('0033', 3);
    expect(answered(answer).status).toBe(400);
    expect(fieldsOf(answered(answer))).toMatchObject({ type: '0210', responseCode: '17' });
  });

  test('0018: after its phone check nothing connects for a minute, then all is as before', async () => {
    const payment = till.payment(phoneOf('0018'));
    const check = answered(await till.send('phoneCheck', payment).end);
    expect(check.headers.connection).toBe('close');
    expect(await till.send('push', payment).end).toBe('ECONNREFUSED');
    clock.advance(59_999);
    await aWhile();
    expect(await till.send('push', payment).end).toBe('ECONNREFUSED');
    clock.advance(1);
    await aWhile();
    await till.push(payment);
    clock.advance(3_000);
    expect(await codeOf('check', payment)).toBe('00');
  });
});
