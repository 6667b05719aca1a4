import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../../shared/time.ts';
import type { TerminalIdentity } from '../ovo/types.ts';

/**
 * How strictly the simulator reads. It shares no code with the till's own OVO client on purpose: a
 * mistake there must not be understood here.
 */

/** The operations, by their request type and processing code. */
const rows = {
  '0200/040000': { operation: 'pushToPay', answerType: '0210' },
  '0400/040000': { operation: 'reversal', answerType: '0410' },
  '0200/020040': { operation: 'void', answerType: '0210' },
  '0100/040000': { operation: 'statusCheck', answerType: '0110' },
  '0100/020040': { operation: 'voidStatusCheck', answerType: '0110' },
  '0100/050000': { operation: 'phoneCheck', answerType: '0110' },
} as const;
export type Row = (typeof rows)[keyof typeof rows];
export type Operation = Row['operation'];

/** How far `random` and a fresh `date` may lie from the simulator's clock, in milliseconds. */
export const toleranceMs = 15 * 60_000;
/** A longer request is refused unread. */
export const requestBytesMax = 64 * 1024;

const text = z.string().min(1).max(40);
const common = {
  type: text,
  processingCode: text,
  date: z.string().regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}$/, 'not yyyy-MM-dd HH:mm:ss.SSS'),
  tid: text,
  mid: text,
  merchantId: text,
  storeCode: text,
  appSource: z.enum(['POS', 'EDC']),
};
const phone = z.string().regex(/^08\d{8,11}$/, 'not 08…');
const sixDigits = z.union([
  z.string().regex(/^\d{1,6}$/, 'not 1 to 6 digits'),
  z.number().int().min(1).max(999_999),
]);
const particulars = {
  batchNo: sixDigits,
  merchantInvoice: z.string().regex(/^[A-Z0-9-]{1,50}$/, 'not 1 to 50 of A–Z, 0–9 and -'),
};
const paymentFields = {
  ...common,
  amount: z.number().int().min(1).max(999_999_999_999),
  referenceNumber: sixDigits,
};

const PhoneCheckBody = z.strictObject({
  ...common,
  transactionRequestData: z.strictObject({ phone }),
});
const PaymentBody = z.strictObject({
  ...paymentFields,
  transactionRequestData: z.strictObject({ ...particulars, phone }),
});
// Some integrations leave the phone out of a reversal, and OVO takes it.
const ReversalBody = z.strictObject({
  ...paymentFields,
  transactionRequestData: z.strictObject({ ...particulars, phone: phone.optional() }),
});

export type PhoneCheckBody = z.infer<typeof PhoneCheckBody>;
export type PaymentBody = z.infer<typeof ReversalBody>;

/** A request that has passed every check which needs no books. */
export type Message =
  | { readonly operation: 'phoneCheck'; readonly answerType: string; readonly body: PhoneCheckBody }
  | {
      readonly operation: Exclude<Operation, 'phoneCheck'>;
      readonly answerType: string;
      readonly body: PaymentBody;
    };

/** Why a request was refused before the books were opened. `echo` goes back in the answer. */
export interface Refusal {
  readonly code: string;
  readonly status: number;
  readonly reason: string;
  readonly operation: Operation | null;
  readonly echo: Readonly<Record<string, string>>;
}

export type Read =
  | { readonly ok: true; readonly message: Message }
  | { readonly ok: false; readonly refusal: Refusal };

export interface RawRequest {
  /** As Node gives them: names in lower case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

export interface Reader {
  readonly now: Instant;
  readonly appKeys: Readonly<Record<string, string>>;
  readonly identity: TerminalIdentity;
}

/** Reads one POST to /pos: credentials first, then form, then sense. Never throws. */
export function readMessage(raw: RawRequest, reader: Reader): Read {
  const stranger = checkCredentials(raw, reader);
  if (stranger !== null) return refuse('ER', 401, stranger);
  const mediaType = one(raw.headers['content-type']);
  if (!/^application\/json\s*(;|$)/i.test(mediaType)) {
    return refuse('BR', 400, `content type is ${mediaType || 'missing'}, not application/json`);
  }
  const json = parseJson(raw.body);
  const head = z.looseObject({ type: text, processingCode: text }).safeParse(json);
  if (!head.success) return refuse('BR', 400, `not readable: ${faults(head.error)}`);
  const { type, processingCode } = head.data;
  const row = rowOf(type, processingCode);
  if (row === null) {
    return refuse('96', 200, `no operation has type ${type} and processing code ${processingCode}`);
  }
  const echo = { type: row.answerType, processingCode };
  const body = schemaOf(row.operation).safeParse(json);
  if (!body.success) return refuse('BR', 400, faults(body.error), row.operation, echo);
  const fault = nonsense(row.operation, body.data, raw.body, reader);
  if (fault !== null) return refuse(fault.code, fault.status, fault.reason, row.operation, echo);
  return { ok: true, message: messageOf(row, body.data) };
}

function messageOf(row: Row, body: PhoneCheckBody | PaymentBody): Message {
  if ('amount' in body && row.operation !== 'phoneCheck') {
    return { operation: row.operation, answerType: row.answerType, body };
  }
  return {
    operation: 'phoneCheck',
    answerType: row.answerType,
    body: PhoneCheckBody.parse(body),
  };
}

function refuse(
  code: string,
  status: number,
  reason: string,
  operation: Operation | null = null,
  echo: Readonly<Record<string, string>> = {},
): Read {
  return { ok: false, refusal: { code, status, reason, operation, echo } };
}

function rowOf(type: string, processingCode: string): Row | null {
  const key = `${type}/${processingCode}`;
  return Object.hasOwn(rows, key) ? rows[key as keyof typeof rows] : null;
}

function schemaOf(operation: Operation) {
  if (operation === 'phoneCheck') return PhoneCheckBody;
  return operation === 'reversal' ? ReversalBody : PaymentBody;
}

/** Null if app id, random and signature are in order; else what is wrong with them. */
function checkCredentials(raw: RawRequest, reader: Reader): string | null {
  const appId = one(raw.headers['app-id']);
  const random = one(raw.headers.random);
  const signature = one(raw.headers.hmac);
  const key = Object.hasOwn(reader.appKeys, appId) ? reader.appKeys[appId] : undefined;
  if (key === undefined) return 'app-id is not known';
  if (!/^\d{10}$/.test(random)) return 'random is not Unix time in seconds, ten digits';
  if (Math.abs(Number(random) * 1_000 - reader.now) > toleranceMs) {
    return 'random lies too far from the present time';
  }
  // Both forms of the signature are in use; which one a terminal takes is its own setting.
  const covered = [
    Buffer.from(appId + random),
    Buffer.concat([Buffer.from(appId + random), raw.body]),
  ];
  if (!covered.some((bytes) => signs(key, bytes, signature))) return 'hmac is wrong';
  return null;
}

function signs(key: string, bytes: Buffer, signature: string): boolean {
  const expected = Buffer.from(createHmac('sha256', key).update(bytes).digest('hex'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What no schema sees: whole numbers written as such, a known terminal, a date that can be. */
function nonsense(
  operation: Operation,
  body: PhoneCheckBody | PaymentBody,
  bytes: Buffer,
  reader: Reader,
): { code: string; status: number; reason: string } | null {
  const bad = (reason: string) => ({ code: 'BR', status: 400, reason });
  if ('amount' in body && !/"amount"\s*:\s*[1-9]\d*\s*[,}]/.test(bytes.toString('utf8'))) {
    return bad('amount is not written as whole digits');
  }
  const strange = (['tid', 'mid', 'merchantId', 'storeCode'] as const).filter(
    (name) => body[name] !== reader.identity[name],
  );
  if (strange.length > 0) {
    return { code: 'EB', status: 200, reason: `not known: ${strange.join(', ')}` };
  }
  const date = jakartaInstant(body.date);
  if (date === null) return bad(`date ${body.date} does not exist`);
  const asksOfThePast = operation === 'statusCheck' || operation === 'voidStatusCheck';
  const late = reader.now - date > toleranceMs && !asksOfThePast;
  if (late || date - reader.now > toleranceMs) {
    return bad(`date ${body.date} lies too far from the present time in Jakarta`);
  }
  return null;
}

/** The milliseconds since 1970 of a Jakarta wall time; null for one like 31 February. */
function jakartaInstant(stamp: string): number | null {
  const asUtc = `${stamp.replace(' ', 'T')}Z`;
  const ms = Date.parse(asUtc);
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== asUtc) return null;
  return ms - 7 * 3_600_000;
}

function parseJson(bytes: Buffer): unknown {
  try {
    const whole: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return whole;
  } catch {
    return undefined;
  }
}

function one(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}

function faults(error: z.ZodError): string {
  return error.issues
    .slice(0, 5)
    .map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`)
    .join('; ');
}
