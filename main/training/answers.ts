import { type Instant, jakartaStamp } from '../../shared/time.ts';
import { trainingMerchantName } from './identity.ts';
import type { Message, PaymentBody, Refusal } from './protocol.ts';
import type { AnswerForm } from './stories.ts';

/** What goes on the wire, and how. */
export interface WireAnswer {
  readonly status: number;
  readonly mediaType: string | null;
  readonly body: Buffer;
  /** `drip`: over two minutes. `closed`: nothing at all, the connection closes. */
  readonly manner: 'whole' | 'drip' | 'closed';
  /** The response code inside, for the books; null where none can be read. */
  readonly code: string | null;
}

type Json = { [name: string]: unknown };

const json = (status: number, body: Json, code: string | null): WireAnswer => ({
  status,
  mediaType: 'application/json',
  body: Buffer.from(JSON.stringify(body)),
  manner: 'whole',
  code,
});

/** The answer to a request that was refused before the books were opened. */
export function refusalAnswer(refusal: Refusal): WireAnswer {
  const body = { ...refusal.echo, responseCode: refusal.code, responseDescription: refusal.reason };
  return json(refusal.status, body, refusal.code);
}

/** The answer to a phone check. */
export function phoneAnswer(message: Extract<Message, { operation: 'phoneCheck' }>, code: string) {
  const { type: _type, appSource: _appSource, ...echo } = message.body;
  const registered = { ovoid: masked(echo.transactionRequestData.phone), fullName: customerName };
  const body = { ...echo, type: message.answerType, responseCode: code };
  return json(200, code === '00' ? { ...body, transactionResponseData: registered } : body, code);
}

export interface PaymentAnswer {
  readonly body: PaymentBody;
  readonly answerType: string;
  readonly code: string;
  /** Row in the books: trace number and approval code come from it. Null if OVO knows of none. */
  readonly paymentId: number | null;
  readonly now: Instant;
}

/** The fields of an answer about a payment. Only an approval carries the customer's part. */
export function paymentFields(answer: PaymentAnswer): Json {
  const { body, code, paymentId, now } = answer;
  const stamp = jakartaStamp(now);
  const fields: Json = {
    type: answer.answerType,
    processingCode: body.processingCode,
    amount: body.amount,
    date: body.date,
    hostTime: stamp.slice(11, 19).replaceAll(':', ''),
    hostDate: stamp.slice(5, 10).replace('-', ''),
    referenceNumber: Number(body.referenceNumber),
    responseCode: code,
    tid: body.tid,
    mid: body.mid,
    transactionRequestData: body.transactionRequestData,
  };
  if (paymentId === null || code !== '00') return fields;
  return {
    ...fields,
    traceNumber: 3_000 + paymentId,
    approvalCode: approvalCode(paymentId),
    transactionResponseData: customerPart(body),
  };
}

/** Six digits, different for each of the first million payments. */
export function approvalCode(paymentId: number): string {
  return String((410_000 + paymentId * 7_919) % 1_000_000).padStart(6, '0');
}

const customerName = 'Siti Latihan';
const masked = (phone: string): string => phone.slice(-4).padStart(phone.length, '*');

function customerPart(body: PaymentBody): Json {
  return {
    storeAddress1: 'Jalan Latihan 1',
    storeAddress2: 'Jakarta',
    storeName: trainingMerchantName,
    storeCode: body.storeCode,
    ovoid: masked(body.transactionRequestData.phone ?? ''),
    fullName: customerName,
    cashUsed: String(body.amount),
    cashBalance: '1250000',
    ovoPointsUsed: '0',
    ovoPointsEarned: '0',
    ovoPointsBalance: '4200',
    paymentType: 'PUSH TO PAY',
  };
}

/** A payment's answer in the shape that its story asks for. */
export function formed(answer: PaymentAnswer, form: AnswerForm): WireAnswer {
  const fields = paymentFields(answer);
  const plain = (changed: Json, status = 200) => json(status, changed, answer.code);
  const bytes = (body: string | Buffer, status = 200, mediaType: string | null = null) =>
    ({ status, mediaType, body: Buffer.from(body), manner: 'whole', code: null }) as const;
  const whole = JSON.stringify(fields);
  switch (form) {
    case 'plain':
      return plain(fields);
    case 'pending':
      return json(200, paymentFields({ ...answer, code: '68' }), '68');
    case 'http400':
      return plain(fields, 400);
    case 'wrongReference':
      return plain({ ...fields, referenceNumber: Number(answer.body.referenceNumber) + 1 });
    case 'noAmountNoReference':
      return plain(without(fields, ['amount', 'referenceNumber']));
    case 'sparse':
      return plain(sparse(fields, answer.body));
    case 'anotherPayment':
      return plain(ofAnother(fields, answer.body));
    case 'negativeAmount':
      return plain({ ...fields, amount: -answer.body.amount });
    case 'deepNesting':
      return bytes(deeplyNested(whole, 10_000), 200, 'application/json');
    case 'html':
      return bytes('<!doctype html><title>502</title><h1>Bad Gateway</h1>', 200, 'text/html');
    case 'http404Empty':
      return bytes('', 404);
    case 'http500':
      return bytes('Internal Server Error', 500, 'text/plain');
    case 'truncated':
      return bytes(whole.slice(0, whole.length / 2), 200, 'application/json');
    case 'tenMegabytes':
      return plain({ ...fields, padding: 'x'.repeat(10 * 1024 * 1024) });
    case 'invalidUtf8':
      return bytes(brokenName(whole), 200, 'application/json');
    case 'drip':
      return { ...plain(fields), manner: 'drip' };
    case 'closed':
      return { ...bytes(''), manner: 'closed' };
  }
}

/** A status answer that carries the invoice of another payment. */
export function namingAnotherInvoice(answer: PaymentAnswer): WireAnswer {
  const { transactionRequestData } = answer.body;
  const fields = paymentFields(answer);
  const merchantInvoice = anotherInvoice(transactionRequestData.merchantInvoice);
  return json(
    200,
    { ...fields, transactionRequestData: { ...transactionRequestData, merchantInvoice } },
    answer.code,
  );
}

const anotherInvoice = (invoice: string): string => `${invoice.slice(0, 40)}-OTHER`;

function without(fields: Json, names: readonly string[]): Json {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
}

function sparse(fields: Json, body: PaymentBody): Json {
  const { phone: _phone, ...request } = body.transactionRequestData;
  const left = without(fields, ['tid', 'mid', 'approvalCode', 'transactionResponseData']);
  return { ...left, transactionRequestData: request };
}

function ofAnother(fields: Json, body: PaymentBody): Json {
  const request = body.transactionRequestData;
  return {
    ...fields,
    referenceNumber: Number(body.referenceNumber) + 1,
    transactionRequestData: {
      ...request,
      merchantInvoice: anotherInvoice(request.merchantInvoice),
    },
  };
}

/** Written as text: building it as a value first would overflow the stack. */
function deeplyNested(whole: string, depth: number): string {
  return `${whole.slice(0, -1)},"nested":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

/** The customer's name with bytes that UTF-8 does not know. */
function brokenName(whole: string): Buffer {
  const [before = '', after = ''] = whole.split(customerName);
  return Buffer.concat([Buffer.from(before), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(after)]);
}
