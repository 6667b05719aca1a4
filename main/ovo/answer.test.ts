import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { instant } from '../../shared/time.ts';
import type { BatchNumber, ReferenceNumber } from '../payment/types.ts';
import { ovoDate, type ReadAnswer, readAnswer } from './answer.ts';
import { operations } from './operations.ts';
import type { IncomingAnswer, OvoOperation, Subject } from './types.ts';

const identity = {
  appId: 'gerai',
  merchantId: '000001',
  storeCode: 'STORE042',
  tid: '10000042',
  mid: '100000000000042',
};
const invoice = '10000042-010421000007-ABCDEFGHJKMN';
const subject: Subject = {
  phone: Phone.parse('081234567890'),
  amount: Rupiah.parse(12_500),
  numbers: {
    batch: 10_421 as BatchNumber,
    reference: 7 as ReferenceNumber,
    batchText: '010421',
    referenceText: '7',
    asNumber: false,
    invoice,
  },
  pushedAt: instant(1_617_273_298_007),
};

type Json = Record<string, unknown>;

/** An approval as it is known from the field. */
const approval = (): Json => ({
  type: '0210',
  processingCode: '040000',
  amount: 12_500,
  date: '2021-04-01 17:34:58.007',
  traceNumber: 3_451,
  hostTime: '173512',
  hostDate: '0401',
  referenceNumber: 7,
  approvalCode: '410315',
  responseCode: '00',
  tid: '10000042',
  mid: '100000000000042',
  transactionRequestData: { batchNo: '010421', merchantInvoice: invoice, phone: '081234567890' },
  transactionResponseData: { storeName: 'Toko', ovoid: '********7890', cashUsed: '12500' },
});
const asStatus = (more: Json = {}): Json => ({ ...approval(), type: '0110', ...more });
const particulars = (more: Json): Json => ({
  transactionRequestData: { ...(approval().transactionRequestData as Json), ...more },
});

const incoming = (body: string | Buffer, status = 200, cutOff = false): IncomingAnswer => ({
  status,
  headers: [],
  body: Buffer.from(body),
  cutOff,
});
const read = (body: unknown, operation: OvoOperation = 'pushToPay', status = 200): ReadAnswer =>
  readAnswer(operation, subject, identity, incoming(JSON.stringify(body), status));
const readBytes = (body: string | Buffer, cutOff = false): ReadAnswer =>
  readAnswer('pushToPay', subject, identity, incoming(body, 200, cutOff));

const believed = {
  kind: 'believed',
  code: '00',
  names: { invoice: true, amount: true, phone: true },
  approvalCode: '410315',
  traceNumber: '3451',
};

describe('rule 10: believed', () => {
  test('an approval in full', () => {
    expect(read(approval())).toEqual(believed);
  });

  test.each<[string, Json]>([
    ['texts for numbers', { amount: '12500', referenceNumber: '7', traceNumber: '3451' }],
    [
      'padded or not',
      { referenceNumber: '000007', tid: '0010000042', type: 210, processingCode: 40_000 },
    ],
    ['numbers for texts', { tid: 10_000_042, mid: 100_000_000_000_042, approvalCode: 410_315 }],
    ['blanks around', { responseCode: ' 00 ', tid: '10000042 ', approvalCode: ' 410315' }],
    ['the code as a number', { responseCode: 0 }],
    ['the batch as a number', particulars({ batchNo: 10_421 })],
    ['the phone in another form', particulars({ phone: '+6281234567890' })],
    ['the phone as a number', particulars({ phone: 6_281_234_567_890 })],
    ['the phone masked', particulars({ phone: '********7890' })],
    ['fields nobody knows', { surprise: { deep: [1, { x: null }] } }],
  ])('%s', (_what, more) => {
    expect(read({ ...approval(), ...more })).toEqual(believed);
  });

  test('a byte order mark, and blanks around it all', () => {
    expect(readBytes(`\ufeff ${JSON.stringify(approval())}\r\n`)).toEqual(believed);
  });

  test('fields left out, null or empty are not different', () => {
    const { approvalCode: _a, transactionResponseData: _b, tid: _c, ...rest } = approval();
    expect(read({ ...rest, mid: '', traceNumber: null, transactionRequestData: null })).toEqual({
      kind: 'believed',
      code: '00',
      names: { invoice: false, amount: true, phone: false },
      approvalCode: null,
      traceNumber: null,
    });
  });

  test('what decides nothing may be of any shape', () => {
    const odd = { approvalCode: { x: 1 }, traceNumber: 'x'.repeat(65), transactionResponseData: 5 };
    expect(read({ ...approval(), ...odd })).toEqual({
      ...believed,
      approvalCode: null,
      traceNumber: null,
    });
  });

  test.each([200, 400, 402, 404, 500, 302])(
    'the body counts, whatever the status: %i',
    (status) => {
      const decline = { type: '0210', processingCode: '040000', responseCode: '17' };
      expect(read(decline, 'pushToPay', status)).toMatchObject({ kind: 'believed', code: '17' });
    },
  );

  test.each<[unknown, string]>([
    ['17', '17'],
    [17, '17'],
    [5, '05'],
    ['eb', 'EB'],
    [' Br', 'BR'],
    ['0', '0'], // not listed, so in doubt: only a number has lost its zeros
    ['SOMETHING', 'SOMETHING'],
  ])('the code %j is %s', (responseCode, code) => {
    expect(read({ ...approval(), responseCode })).toMatchObject({ kind: 'believed', code });
  });

  test.each(Object.keys(operations) as OvoOperation[])(
    '%s has its own type and code',
    (operation) => {
      const { responseType, processingCode } = operations[operation];
      const body = { ...approval(), type: responseType, processingCode };
      for (const other of Object.keys(operations) as OvoOperation[]) {
        const row = operations[other];
        const same = row.responseType === responseType && row.processingCode === processingCode;
        expect(read(body, other).kind).toBe(same ? 'believed' : 'notOurs');
      }
    },
  );

  test('a phone check has no numbers to compare', () => {
    const answer = { type: '0110', processingCode: '050000', responseCode: '14', amount: 0 };
    const bare = { ...subject, numbers: null, pushedAt: null };
    const bytes = incoming(JSON.stringify(answer));
    expect(readAnswer('phoneCheck', bare, identity, bytes)).toMatchObject({
      kind: 'believed',
      code: '14',
    });
  });
});

describe('rule 10: not ours', () => {
  test.each<[string[], Json]>([
    [['type'], { type: '0410' }],
    [['type'], { type: undefined }],
    [['type'], { type: '' }],
    [['type'], { type: '210x' }],
    [['processingCode'], { processingCode: '020040' }],
    [['processingCode'], { processingCode: null }],
    [['tid'], { tid: '10000043' }],
    [['mid'], { mid: 'x' }],
    [['reference'], { referenceNumber: 8 }],
    [['reference'], { referenceNumber: '7.0' }],
    [['batch'], particulars({ batchNo: '020421' })],
    [['invoice'], particulars({ merchantInvoice: `${invoice}X` })],
    [['phone'], particulars({ phone: '081234567891' })],
    [['amount'], { amount: 12_501 }],
    [['amount'], { amount: -12_500 }],
    [['amount'], { amount: '-12500' }],
    [['amount'], { amount: 12_500.5 }],
    [['amount'], { amount: '12500.00' }],
    [['amount'], { amount: '1.25e4' }],
    [['amount'], { amount: 0 }],
    [['amountMissing'], { amount: null }],
    [['referenceMissing'], { referenceNumber: '' }],
    [['amountMissing', 'referenceMissing'], { amount: undefined, referenceNumber: undefined }],
    [
      ['tid', 'reference', 'phone', 'amount'],
      { tid: 1, referenceNumber: 9, amount: 1, ...particulars({ phone: '08999999999' }) },
    ],
  ])('%j', (differs, more) => {
    const answer = read({ ...approval(), ...more });
    expect(answer.kind).toBe('notOurs');
    expect(answer.kind === 'notOurs' && [...answer.differs].sort()).toEqual([...differs].sort());
  });

  test("a decline or a reversal's 00 needs neither amount nor reference", () => {
    const bare = { processingCode: '040000', responseCode: '17' };
    expect(read({ ...bare, type: '0210' }).kind).toBe('believed');
    expect(read({ ...bare, type: '0410', responseCode: '00' }, 'reversal').kind).toBe('believed');
    expect(read({ ...bare, type: '0110', responseCode: '25' }, 'statusCheck').kind).toBe(
      'believed',
    );
    expect(read({ ...bare, type: '0110', responseCode: '00' }, 'statusCheck').kind).toBe('notOurs');
  });
});

describe('rule 10: a status answer that names another payment', () => {
  test.each<[string[], Json]>([
    [['invoice'], particulars({ merchantInvoice: 'SOMEONE-ELSE' })],
    [['phone'], particulars({ phone: '081234567891' })],
    [['amount'], { amount: 99_000 }],
    [
      ['phone', 'invoice', 'amount'],
      { amount: 1, ...particulars({ phone: '08111111111', merchantInvoice: 'X' }) },
    ],
  ])('%j', (differs, more) => {
    expect(read(asStatus(more), 'statusCheck')).toEqual({ kind: 'anotherPayment', differs });
    // In an answer to anything else it is only not ours.
    expect(read({ ...approval(), ...more }).kind).toBe('notOurs');
    expect(read(asStatus({ ...more, processingCode: '020040' }), 'voidStatusCheck').kind).toBe(
      'notOurs',
    );
  });

  test('it is not one if it answers some other question, or names no payment', () => {
    const other = particulars({ merchantInvoice: 'SOMEONE-ELSE' });
    expect(read(asStatus({ ...other, referenceNumber: 8 }), 'statusCheck').kind).toBe('notOurs');
    expect(read(asStatus({ ...other, type: '0210' }), 'statusCheck').kind).toBe('notOurs');
    for (const amount of [0, -1, 12.5, 'none']) {
      expect(read(asStatus({ amount }), 'statusCheck').kind).toBe('notOurs');
    }
  });
});

describe('unreadable', () => {
  const whole = JSON.stringify(approval());
  const nested = (depth: number) => `{"x":${'['.repeat(depth)}${']'.repeat(depth)}}`;
  test.each<[string, string | Buffer]>([
    ['empty', ''],
    ['empty', ' \r\n\t'],
    ['notJson', '<html><body>502 Bad Gateway</body></html>'],
    ['notJson', whole.slice(0, -1)],
    ['notJson', whole.slice(0, 40)],
    ['notJson', `${whole}${whole}`],
    ['notJson', whole.replaceAll('"', "'")],
    ['invalidUtf8', Buffer.concat([Buffer.from(whole), Buffer.from([0xff])])],
    ['invalidUtf8', Buffer.from(whole.replace('Toko', 'Tök'), 'latin1')],
    ['invalidUtf8', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0])],
    ['tooDeep', nested(20)],
    ['tooDeep', '['.repeat(64 * 1_024)],
    ['wrongShape', nested(19)],
    ['wrongShape', 'null'],
    ['wrongShape', '"00"'],
    ['wrongShape', '[]'],
    ['wrongShape', '{}'],
    ['wrongShape', whole.replace('"responseCode":"00",', '')],
    ['wrongShape', whole.replace('"responseCode":"00"', '"responseCode":null')],
    ['wrongShape', whole.replace('"responseCode":"00"', '"responseCode":" "')],
    ['wrongShape', whole.replace('"responseCode":"00"', '"responseCode":["00"]')],
    ['wrongShape', whole.replace('"responseCode":"00"', '"responseCode":-1')],
    ['wrongShape', whole.replace('"responseCode":"00"', `"responseCode":"${'0'.repeat(65)}"`)],
    ['wrongShape', whole.replace('"amount":12500', '"amount":true')],
    ['wrongShape', whole.replace('"amount":12500', '"amount":[12500]')],
    ['wrongShape', whole.replace('"amount":12500', '"amount":1e999')],
    ['wrongShape', whole.replace('"tid":"10000042"', '"tid":{}')],
    ['wrongShape', `{"__proto__":${whole}}`],
    ['wrongShape', `{"constructor":{"prototype":${whole}}}`],
  ])('%s: %.60s', (why, body) => {
    expect(readBytes(body)).toEqual({ kind: 'unreadable', why });
  });

  test('brackets inside strings are no depth', () => {
    const text = JSON.stringify({ ...approval(), x: `${'['.repeat(100)}"\\` });
    expect(readBytes(text)).toEqual(believed);
  });

  test('cut off, even if what is there would do; at the limit, read', () => {
    expect(readBytes(whole, true)).toEqual({ kind: 'unreadable', why: 'cutOff' });
    expect(readBytes(whole.padEnd(64 * 1_024))).toEqual(believed);
  });

  test('HTTP 404 without a body', () => {
    const answer = readAnswer('reversal', subject, identity, incoming('', 404));
    expect(answer).toEqual({ kind: 'unreadable', why: 'empty' });
  });

  test('nothing in an answer reaches the prototype of anything', () => {
    readBytes(
      `{"__proto__":{"polluted":1},"responseCode":"00","transactionRequestData":{"__proto__":{"polluted":1}}}`,
    );
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('fuzz', () => {
  const operation = fc.constantFrom(...(Object.keys(operations) as OvoOperation[]));
  const odd = fc.oneof(
    fc.constantFrom<unknown>(
      '',
      null,
      0,
      -1,
      '00',
      '0210',
      12_500,
      '12500',
      7,
      '7',
      invoice,
      '010421',
    ),
    fc.jsonValue({ maxDepth: 3 }),
  );

  test('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(operation, fc.uint8Array({ maxLength: 300 }), (which, bytes) => {
        const answer = readAnswer(which, subject, identity, incoming(Buffer.from(bytes)));
        expect(answer.kind).toBe('unreadable');
      }),
    );
  });

  test('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(operation, fc.jsonValue(), (which, value) => {
        expect(['unreadable', 'notOurs', 'anotherPayment']).toContain(read(value, which).kind);
      }),
    );
  });

  test('believed only with our type and code, and with no field of another', () => {
    const fields = [
      'type',
      'processingCode',
      'amount',
      'referenceNumber',
      'tid',
      'mid',
      'responseCode',
    ];
    const nested = ['batchNo', 'merchantInvoice', 'phone'];
    const changes = fc.dictionary(fc.constantFrom(...fields, ...nested), odd, { maxKeys: 4 });
    const either = fc.constantFrom('0210', '0110', '0410');
    let agreed = 0;
    fc.assert(
      fc.property(operation, either, changes, (which, type, changed) => {
        const top = Object.fromEntries(
          Object.entries(changed).filter(([name]) => fields.includes(name)),
        );
        const below = Object.fromEntries(
          Object.entries(changed).filter(([name]) => nested.includes(name)),
        );
        const body: Json = { ...approval(), type, ...particulars(below), ...top };
        const answer = read(body, which);
        if (answer.kind !== 'believed') return;
        agreed += 1;
        const row = operations[which];
        const digits = (value: unknown) =>
          String(value)
            .trim()
            .replace(/^0+(?=\d)/, '');
        const absent = (value: unknown) => value === null || String(value).trim() === '';
        expect(digits(body.type)).toBe(digits(row.responseType));
        expect(digits(body.processingCode)).toBe(digits(row.processingCode));
        const ours: [unknown, string][] = [
          [body.tid, identity.tid],
          [body.mid, identity.mid],
        ];
        if (which !== 'phoneCheck') {
          const request = body.transactionRequestData as Json;
          ours.push([body.amount, '12500'], [body.referenceNumber, '7']);
          ours.push([request.batchNo, '10421'], [request.merchantInvoice, invoice]);
        }
        for (const [theirs, own] of ours) {
          if (!absent(theirs)) expect(digits(theirs)).toBe(own);
        }
      }),
      { numRuns: 5_000 },
    );
    expect(agreed).toBeGreaterThan(50);
  });
});

describe("rule 26a: OVO's clock", () => {
  const dated = (...headers: [string, string][]) => ovoDate({ ...incoming(''), headers });
  test('is read from the Date header, whatever its case', () => {
    const expected = Date.parse('2021-04-01T10:34:58Z');
    expect(dated(['Server', 'x'], ['Date', 'Thu, 01 Apr 2021 10:34:58 GMT'])).toBe(expected);
    expect(dated(['dAtE', ' Thu, 01 Apr 2021 10:34:58 GMT '])).toBe(expected);
  });

  test.each([
    '',
    'now',
    '2021-04-01',
    'Thu, 99 Abc 2021 10:34:58 GMT',
    'Thu, 01 Apr 2021 10:34:58 +0700',
  ])('is not made up: %j', (value) => {
    expect(dated(['Date', value])).toBeNull();
  });

  test('is unknown without the header', () => {
    expect(dated()).toBeNull();
  });
});
