import { z } from 'zod';
import { type Instant, instant } from '../../shared/time.ts';
import type { Answer } from '../payment/types.ts';
import { readJson, type UnreadableReason } from './answer-json.ts';
import { operations } from './operations.ts';
import { comparePhone } from './phone-match.ts';
import type { IncomingAnswer, OvoOperation, Subject, TerminalIdentity } from './types.ts';

type Believed = Extract<Answer, { kind: 'believed' }>;
type Unreadable = Extract<Answer, { kind: 'unreadable' }>;

/** An `Answer` before our books were asked whether its trace number was seen before (rule 12a). */
export type ReadAnswer = Exclude<Answer, Believed> | Omit<Believed, 'seenBefore'>;

/** Fields come as text or as numbers, by server and by day; both are taken, and so is nothing. */
const scalar = z.union([z.string(), z.number()]).nullish();
/** A field that decides nothing: what it should not be is as if it were not there. */
const incidental = scalar.catch(null);

const Body = z.object({
  type: scalar,
  processingCode: scalar,
  responseCode: z.union([z.string(), z.number()]),
  amount: scalar,
  referenceNumber: scalar,
  tid: scalar,
  mid: scalar,
  approvalCode: incidental,
  traceNumber: incidental,
  transactionRequestData: z
    .object({ batchNo: scalar, merchantInvoice: scalar, phone: scalar })
    .nullish(),
});
type Body = z.infer<typeof Body>;
type Scalar = z.infer<typeof scalar>;

/** Longer than any code of OVO's; what is longer is no code, and not worth a place in our books. */
const textLengthMax = 64;

/**
 * Holds an answer against the request it should belong to (rule 10). Pure, and never throws.
 *
 * The body is read first and the HTTP status not at all: real declines have come with other statuses
 * than 200 and a normal body. Fields that are missing, null or empty are not different; fields that
 * are there must be ours.
 */
export function readAnswer(
  operation: OvoOperation,
  subject: Subject,
  identity: TerminalIdentity,
  incoming: IncomingAnswer,
): ReadAnswer {
  const json = readJson(incoming);
  if (!json.ok) return unreadable(json.why);
  const parsed = Body.safeParse(json.value);
  if (!parsed.success) return unreadable('wrongShape');
  const body = parsed.data;
  const code = responseCodeOf(body.responseCode);
  if (code === null) return unreadable('wrongShape');

  const { strange, another } = compare(operation, subject, identity, body);
  if (strange.length === 0 && another.length > 0 && operation === 'statusCheck') {
    return { kind: 'anotherPayment', differs: another };
  }
  const differs = [...strange, ...another, ...missingFromApproval(operation, code, body)];
  if (differs.length > 0) return { kind: 'notOurs', differs };

  const request = body.transactionRequestData;
  return {
    kind: 'believed',
    code,
    names: {
      invoice: textOf(request?.merchantInvoice) !== null,
      amount: textOf(body.amount) !== null,
      phone: comparePhone(textOf(request?.phone) ?? '', subject.phone) === 'same',
    },
    approvalCode: shortTextOf(body.approvalCode),
    traceNumber: shortTextOf(body.traceNumber),
  };
}

/** OVO's own clock, from the HTTP `Date` header; null if there is none in the standard form. */
export function ovoDate(incoming: IncomingAnswer): Instant | null {
  const value = incoming.headers.find(([name]) => name.toLowerCase() === 'date')?.[1].trim() ?? '';
  if (!/^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(value)) return null;
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? null : instant(ms);
}

interface Comparison {
  /** Fields that make it an answer to some other question, or to none. */
  readonly strange: readonly string[];
  /** Fields that name a payment other than ours; in a status check that is news of its own. */
  readonly another: readonly string[];
}

function compare(
  operation: OvoOperation,
  subject: Subject,
  identity: TerminalIdentity,
  body: Body,
): Comparison {
  const strange: string[] = [];
  const another: string[] = [];
  const row = operations[operation];
  // These two must be there; all others may be left out.
  if (!equals(body.type, row.responseType)) strange.push('type');
  if (!equals(body.processingCode, row.processingCode)) strange.push('processingCode');
  if (differs(body.tid, identity.tid)) strange.push('tid');
  if (differs(body.mid, identity.mid)) strange.push('mid');

  const request = body.transactionRequestData;
  const phone = textOf(request?.phone);
  if (phone !== null && comparePhone(phone, subject.phone) === 'other') another.push('phone');
  if (operation === 'phoneCheck' || subject.numbers === null) return { strange, another };

  const { batchText, referenceText, invoice } = subject.numbers;
  if (differs(body.referenceNumber, referenceText)) strange.push('reference');
  if (differs(request?.batchNo, batchText)) strange.push('batch');
  const theirInvoice = textOf(request?.merchantInvoice);
  if (theirInvoice !== null && theirInvoice !== invoice) another.push('invoice');
  if (differs(body.amount, String(subject.amount))) {
    // Nought, a negative or a broken amount is no payment's: it is not ours, and names no other.
    const names = /^0*[1-9]\d*$/.test(textOf(body.amount) ?? '');
    (names ? another : strange).push('amount');
  }
  return { strange, another };
}

/** An approval that would make a payment charged says how much and for which reference (rule 10). */
function missingFromApproval(operation: OvoOperation, code: string, body: Body): string[] {
  const charges = operation === 'pushToPay' || operation === 'statusCheck';
  if (!charges || code !== '00') return [];
  const missing: string[] = [];
  if (textOf(body.amount) === null) missing.push('amountMissing');
  if (textOf(body.referenceNumber) === null) missing.push('referenceMissing');
  return missing;
}

/** Trimmed and in capitals; as a number, with its leading zero. Null if it is no code at all. */
function responseCodeOf(value: string | number): string | null {
  if (typeof value === 'number') {
    return Number.isSafeInteger(value) && value >= 0 ? String(value).padStart(2, '0') : null;
  }
  const code = value.trim().toUpperCase();
  return code !== '' && code.length <= textLengthMax ? code : null;
}

/** A field as text without its outer blanks; null if it is missing, null or empty. */
function textOf(value: Scalar): string | null {
  if (value === null || value === undefined) return null;
  const text = String(value).trim();
  return text === '' ? null : text;
}

function shortTextOf(value: Scalar): string | null {
  const text = textOf(value);
  return text !== null && text.length <= textLengthMax ? text : null;
}

function differs(theirs: Scalar, ours: string): boolean {
  return textOf(theirs) !== null && !equals(theirs, ours);
}

/** Equal as numbers where both are digits ("1" and "000001"), to the letter where they are not. */
function equals(theirs: Scalar, ours: string): boolean {
  const text = textOf(theirs);
  return text !== null && canonical(text) === canonical(ours);
}

function canonical(text: string): string {
  return /^\d+$/.test(text) ? text.replace(/^0+(?=\d)/, '') : text;
}

function unreadable(why: UnreadableReason): Unreadable {
  return { kind: 'unreadable', why };
}
