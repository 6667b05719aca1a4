import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { instant } from '../../shared/time.ts';
import type { BatchNumber, ReferenceNumber } from '../payment/types.ts';
import { AppKey } from './app-key.ts';
import { buildRequest, type MessageContext, userAgent } from './messages.ts';
import { sign } from './signature.ts';
import type { OvoOperation, Subject } from './types.ts';

const appKey = new AppKey('a4f6bf89b2a85781b7c1cab997b7ee0c89be03f7ac6ef29b63a45d07253cc401');
const context: MessageContext = {
  identity: {
    appId: 'hypermart',
    merchantId: '000001',
    storeCode: 'STORE042',
    tid: '10000042',
    mid: '100000000000042',
  },
  baseUrl: 'https://app.byte-stack.net',
  signature: 'app-id+random',
  statusDate: 'original',
  appKey,
};
const numbers = {
  batch: 10_421 as BatchNumber,
  reference: 7 as ReferenceNumber,
  batchText: '010421',
  referenceText: '7',
  asNumber: false,
  invoice: '10000042-010421000007-ABCDEFGHJKMN',
};
const pushedAt = instant(Date.parse('2021-04-01T17:34:58.007+07:00'));
const now = instant(Date.parse('2021-04-01T17:36:03.120+07:00'));
const subject: Subject = {
  phone: Phone.parse('081234567890'),
  amount: Rupiah.parse(12_500),
  numbers,
  pushedAt,
};

const build = (
  operation: OvoOperation,
  more: { subject?: Partial<Subject>; context?: Partial<MessageContext> } = {},
) => buildRequest(operation, { ...subject, ...more.subject }, { ...context, ...more.context }, now);

const terminal =
  '"tid":"10000042","mid":"100000000000042","merchantId":"000001","storeCode":"STORE042","appSource":"POS"';
const particulars =
  '"transactionRequestData":{"batchNo":"010421","merchantInvoice":"10000042-010421000007-ABCDEFGHJKMN","phone":"081234567890"}';
const ofPayment = (type: string, code: string, date: string) =>
  `{"type":"${type}","processingCode":"${code}","amount":12500,"date":"${date}","referenceNumber":"7",${terminal},${particulars}}`;
const original = '2021-04-01 17:34:58.007';
const present = '2021-04-01 17:36:03.120';

test.each<[OvoOperation, string]>([
  ['pushToPay', ofPayment('0200', '040000', present)],
  ['reversal', ofPayment('0400', '040000', present)],
  ['void', ofPayment('0200', '020040', present)],
  ['statusCheck', ofPayment('0100', '040000', original)],
  ['voidStatusCheck', ofPayment('0100', '020040', original)],
  [
    'phoneCheck',
    `{"type":"0100","processingCode":"050000","date":"${present}",${terminal},"transactionRequestData":{"phone":"081234567890"}}`,
  ],
])('%s: the body to the letter', (operation, body) => {
  expect(`${build(operation).body}`).toBe(body);
});

test('every header, in the order of the wire', () => {
  const request = build('pushToPay');
  const random = String(Math.floor(now / 1_000));
  expect(random).toMatch(/^\d{10}$/);
  expect(request).toMatchObject({
    method: 'POST',
    url: 'https://app.byte-stack.net/pos',
    date: now,
    headers: [
      ['Host', 'app.byte-stack.net'],
      ['Connection', 'keep-alive'],
      ['Content-Type', 'application/json'],
      ['Accept', 'application/json'],
      ['Accept-Encoding', 'identity'],
      ['User-Agent', `Gerai/${manifest.version}`],
      ['Content-Length', String(request.body.length)],
      ['app-id', 'hypermart'],
      ['random', random],
      ['hmac', sign(appKey, 'app-id+random', 'hypermart', random, request.body)],
    ],
  });
  expect(userAgent).toBe(`Gerai/${manifest.version}`);
});

test('the signature may cover the body', () => {
  const request = build('pushToPay', { context: { signature: 'app-id+random+body' } });
  const [, random = ''] = request.headers.find(([name]) => name === 'random') ?? [];
  expect(request.headers.at(-1)?.[1]).toBe(
    sign(appKey, 'app-id+random+body', 'hypermart', random, request.body),
  );
});

test('rule 12: a status check may carry the present time, if the terminal is set so', () => {
  const request = build('statusCheck', { context: { statusDate: 'now' } });
  expect([`${request.body}`, request.date]).toEqual([ofPayment('0100', '040000', present), now]);
  expect(build('statusCheck').date).toBe(pushedAt);
});

test('rule 6: padded texts and JSON numbers, as they were given out', () => {
  const padded = build('reversal', {
    subject: { numbers: { ...numbers, referenceText: '000007' } },
  });
  expect(`${padded.body}`).toContain('"referenceNumber":"000007"');
  const bare = build('reversal', {
    subject: { numbers: { ...numbers, batch: 3 as BatchNumber, batchText: '3', asNumber: true } },
  });
  expect(`${bare.body}`).toContain('"referenceNumber":7,');
  expect(`${bare.body}`).toContain('"batchNo":3,');
});

test('what an operation must name and the subject lacks is a fault of the code', () => {
  expect(() => build('pushToPay', { subject: { numbers: null } })).toThrow(/rule 6/);
  expect(() => build('statusCheck', { subject: { pushedAt: null } })).toThrow(/rule 12/);
  expect(() => build('voidStatusCheck', { subject: { pushedAt: null } })).toThrow(/rule 12/);
  expect(build('pushToPay', { subject: { pushedAt: null } }).date).toBe(now);
  expect(build('phoneCheck', { subject: { numbers: null, pushedAt: null } }).date).toBe(now);
});

test('rule 25: the app key is in no request', () => {
  const request = build('pushToPay');
  expect(JSON.stringify(request) + request.body).not.toContain(appKey.use());
});
