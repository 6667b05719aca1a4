import { z } from 'zod';
import { Instant } from '../../shared/time.ts';
import type { ExchangeEnd, IncomingAnswer, OutgoingRequest } from '../ovo/types.ts';
import { RecordUnreadable } from './errors.ts';
import { parseJson } from './rows.ts';
import { NeverSent, NoAnswer } from './schemas.ts';

/** Requests and answers as journal rows: the exact bytes as they are, all else as JSON (rule 25). */

export interface Row {
  readonly json: string;
  readonly body: Buffer | null;
}

const Headers = z.array(z.tuple([z.string(), z.string()]).readonly()).readonly();

const RequestJson = z.strictObject({
  operation: z.enum([
    'phoneCheck',
    'pushToPay',
    'statusCheck',
    'reversal',
    'void',
    'voidStatusCheck',
  ]),
  method: z.literal('POST'),
  url: z.string(),
  headers: Headers,
  date: Instant,
});

const AnswerJson = z.strictObject({
  status: z.number().int(),
  headers: Headers,
  cutOff: z.boolean(),
});

const EndJson = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('answer'), answer: AnswerJson }),
  z.strictObject({ kind: z.literal('neverSent'), reason: NeverSent, detail: z.string() }),
  z.strictObject({
    kind: z.literal('noAnswer'),
    reason: NoAnswer,
    detail: z.string(),
    partial: AnswerJson.nullable(),
  }),
]);

export function requestRow(request: OutgoingRequest): Row {
  const { operation, method, url, headers, date } = request;
  return { json: JSON.stringify({ operation, method, url, headers, date }), body: request.body };
}

export function readRequest(row: Row, what: string): OutgoingRequest {
  const request = parseJson(row.json, (value) => RequestJson.parse(value), what);
  if (row.body === null) throw new RecordUnreadable(what, 'it has no body');
  return { ...request, body: row.body };
}

export function endRow(end: ExchangeEnd): Row {
  const answer = end.kind === 'answer' ? end.answer : end.kind === 'noAnswer' ? end.partial : null;
  const json = { ...end, ...answerFields(end) };
  return { json: JSON.stringify(json), body: answer?.body ?? null };
}

export function readEnd(row: Row, what: string): ExchangeEnd {
  const end = parseJson(row.json, (value) => EndJson.parse(value), what);
  if (end.kind === 'neverSent') return end;
  if (end.kind === 'answer') return { kind: 'answer', answer: withBody(end.answer, row, what) };
  const partial = end.partial === null ? null : withBody(end.partial, row, what);
  return { ...end, partial };
}

function answerFields(end: ExchangeEnd): object {
  if (end.kind === 'answer') return { answer: withoutBody(end.answer) };
  if (end.kind === 'noAnswer' && end.partial !== null) return { partial: withoutBody(end.partial) };
  return {};
}

function withoutBody({ status, headers, cutOff }: IncomingAnswer): z.infer<typeof AnswerJson> {
  return { status, headers, cutOff };
}

function withBody(answer: z.infer<typeof AnswerJson>, row: Row, what: string): IncomingAnswer {
  if (row.body === null) throw new RecordUnreadable(what, 'it has no body');
  return { ...answer, body: row.body };
}
