import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { instant } from '../../shared/time.ts';
import { trainingAppKey, trainingAppKeys, trainingIdentity } from './identity.ts';
import { readMessage } from './protocol.ts';

const now = instant(Date.parse('2022-02-10T17:34:58.497+07:00'));
const { appId, tid, mid, merchantId, storeCode } = trainingIdentity;

const push = {
  type: '0200',
  processingCode: '040000',
  amount: 12_500,
  date: '2022-02-10 17:34:58.497',
  referenceNumber: '1',
  tid,
  mid,
  merchantId,
  storeCode,
  appSource: 'POS',
  transactionRequestData: {
    batchNo: '100222',
    merchantInvoice: 'TRAIN001-ABC',
    phone: '081234567890',
  },
};
type Changes = Record<string, unknown>;

function signed(random = String(Math.floor(now / 1_000)), covered = appId + random) {
  const hmac = createHmac('sha256', trainingAppKey).update(covered).digest('hex');
  return { 'content-type': 'application/json', 'app-id': appId, random, hmac };
}

function read(body: unknown, headers?: Record<string, string>) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const raw = { headers: headers ?? signed(), body: Buffer.from(text) };
  const result = readMessage(raw, { now, appKeys: trainingAppKeys, identity: trainingIdentity });
  return result.ok ? result.message.operation : result.refusal;
}
const code = (body: unknown, headers?: Record<string, string>) => {
  const result = read(body, headers);
  return typeof result === 'string' ? result : result.code;
};
const data = (changes: Changes) => ({
  ...push,
  transactionRequestData: { ...push.transactionRequestData, ...changes },
});

describe('operations', () => {
  test.each([
    ['0200', '040000', 'pushToPay'],
    ['0400', '040000', 'reversal'],
    ['0200', '020040', 'void'],
    ['0100', '040000', 'statusCheck'],
    ['0100', '020040', 'voidStatusCheck'],
    ['0400', '020040', '96'],
    ['200', '40000', '96'],
    ['0210', '040000', '96'],
    ['toString', '', 'BR'],
  ])('%s / %s is %s', (type, processingCode, expected) => {
    expect(code({ ...push, type, processingCode })).toBe(expected);
  });

  test('a phone check has a phone and nothing of a payment', () => {
    const { amount: _amount, referenceNumber: _reference, ...rest } = push;
    const check = { ...rest, type: '0100', processingCode: '050000' };
    const phone = push.transactionRequestData.phone;
    expect(code({ ...check, transactionRequestData: { phone } })).toBe('phoneCheck');
    expect(code({ ...push, type: '0100', processingCode: '050000' })).toBe('BR');
  });

  test('only a reversal may leave the phone out', () => {
    const without = data({ phone: undefined });
    expect(code({ ...without, type: '0400' })).toBe('reversal');
    expect(code(without)).toBe('BR');
  });
});

describe('credentials', () => {
  test('both forms of the signature are known', () => {
    const body = JSON.stringify(push);
    const random = String(Math.floor(now / 1_000));
    expect(code(body, signed(random, appId + random + body))).toBe('pushToPay');
  });

  test.each([
    ['another app id', { 'app-id': 'somebody' }],
    ['an app id of every object', { 'app-id': 'constructor' }],
    ['a wrong hmac', { hmac: '0'.repeat(64) }],
    ['an hmac in capitals', { hmac: signed().hmac.toUpperCase() }],
    ['an empty hmac', { hmac: '' }],
    ['milliseconds for random', { random: String(now) }],
  ])('%s is refused with ER and 401', (_what, changes) => {
    expect(read(push, { ...signed(), ...changes })).toMatchObject({ code: 'ER', status: 401 });
  });

  test('a random of yesterday is refused', () => {
    expect(code(push, signed(String(Math.floor(now / 1_000) - 86_400)))).toBe('ER');
  });
});

describe('form', () => {
  test.each<[string, unknown]>([
    ['no JSON', 'hello'],
    ['half of it', JSON.stringify(push).slice(0, 90)],
    ['a list', '[]'],
    ['an amount as text', { ...push, amount: '12500' }],
    ['an amount with decimals', { ...push, amount: 12_500.5 }],
    ['an amount written with decimals', JSON.stringify(push).replace('12500', '12500.00')],
    ['an amount written with an exponent', JSON.stringify(push).replace('12500', '125e2')],
    ['no amount', { ...push, amount: 0 }],
    ['a negative amount', { ...push, amount: -12_500 }],
    ['an unknown field', { ...push, hello: 1 }],
    ['a reference of seven digits', { ...push, referenceNumber: '1000000' }],
    ['an invoice with a space', data({ merchantInvoice: 'TRAIN001 1' })],
    ['an invoice of 51 characters', data({ merchantInvoice: 'A'.repeat(51) })],
    ['a foreign phone', data({ phone: '6281234567890' })],
    ['a batch with letters', data({ batchNo: '24MAR' })],
    ['an app source nobody has', { ...push, appSource: 'WEB' }],
  ])('%s is a bad request', (_what, body) => {
    expect(read(body)).toMatchObject({ code: 'BR', status: 400 });
  });

  test('another content type is a bad request', () => {
    expect(code(push, { ...signed(), 'content-type': 'text/plain' })).toBe('BR');
    const charset = { ...signed(), 'content-type': 'application/json; charset=utf-8' };
    expect(code(push, charset)).toBe('pushToPay');
  });

  test('a refusal answers with the type of its operation, so that it can be believed', () => {
    expect(read({ ...push, amount: 0 })).toMatchObject({
      echo: { type: '0210', processingCode: '040000' },
    });
  });
});

describe('sense', () => {
  test.each(['tid', 'mid', 'merchantId', 'storeCode'])(
    'another %s is a blocked terminal',
    (name) => {
      expect(read({ ...push, [name]: 'OTHER' })).toMatchObject({
        code: 'EB',
        reason: `not known: ${name}`,
      });
    },
  );

  test.each([
    ['without milliseconds', '2022-02-10 17:34:58'],
    ['with six digits of them', '2022-02-10 17:34:58.497000'],
    ['with a T', '2022-02-10T17:34:58.497'],
    ['that does not exist', '2022-02-30 17:34:58.497'],
    ['in UTC', '2022-02-10 10:34:58.497'],
    ['of yesterday', '2022-02-09 17:34:58.497'],
    ['of tomorrow', '2022-02-11 17:34:58.497'],
  ])('a date %s is a bad request', (_what, date) => {
    expect(code({ ...push, date })).toBe('BR');
  });

  test('a status check names the date of a payment of some days ago', () => {
    const asked = { ...push, date: '2022-02-05 09:00:00.000' };
    expect(code({ ...asked, type: '0100' })).toBe('statusCheck');
    expect(code({ ...asked, type: '0400' })).toBe('BR');
  });
});
