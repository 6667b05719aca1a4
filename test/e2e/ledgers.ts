import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

/** A payment as the till's database keeps it. */
const TillPayment = z.object({
  id: z.number(),
  kind: z.string(),
  amount: z.number(),
  phone: z.string(),
  batch: z.number().nullable(),
  reference: z.number().nullable(),
  invoice: z.string().nullable(),
});
export type TillPayment = Readonly<z.infer<typeof TillPayment>>;

const JournalRow = z.object({
  paymentId: z.number(),
  kind: z.enum(['event', 'request', 'end']),
  at: z.number(),
  json: z.string().transform((text): unknown => JSON.parse(text)),
  body: z.instanceof(Buffer).nullable(),
});
const Event = z.looseObject({ type: z.string() });
const Request = z.looseObject({ operation: z.string() });

/** A payment as OVO's books in training keep it. */
const OvoPayment = z.object({
  invoice: z.string(),
  phone: z.string(),
  amount: z.number(),
  batchSent: z.string(),
  referenceSent: z.string(),
  state: z.string(),
});
export type OvoPayment = Readonly<z.infer<typeof OvoPayment>>;

const OvoMessage = z.object({ operation: z.string().nullable(), request: z.string() });

/** What happened at the till, by its own wall clock, in milliseconds. */
export interface Happened {
  readonly paymentId: number;
  /** An event's type, or the operation of a request. */
  readonly what: string;
  readonly at: number;
}

/** Both sides' books, read from the files alone: whatever the processes say of themselves. */
export interface Ledgers {
  readonly till: readonly TillPayment[];
  readonly events: readonly Happened[];
  readonly requests: readonly (Happened & { readonly body: string })[];
  readonly ovo: readonly OvoPayment[];
  readonly messages: readonly Readonly<z.infer<typeof OvoMessage>>[];
}

/** Reads the books below a data folder, without a lock, while or after the till runs. */
export function readLedgers(dataDirectory: string): Ledgers {
  const file = (name: string) => join(dataDirectory, 'training', name);
  const till = rows(
    file('gerai.db'),
    'SELECT id, kind, amount, phone, batch, reference, invoice FROM payments ORDER BY id',
    TillPayment,
  );
  const journal = rows(
    file('gerai.db'),
    'SELECT payment_id AS paymentId, kind, at, json, body FROM journal ORDER BY id',
    JournalRow,
  );
  const of = (kind: string) => journal.filter((row) => row.kind === kind);
  return {
    till,
    events: of('event').map(({ paymentId, at, json }) => {
      return { paymentId, at, what: Event.parse(json).type };
    }),
    requests: of('request').map(({ paymentId, at, json, body }) => {
      const text = body?.toString('utf8') ?? '';
      return { paymentId, at, what: Request.parse(json).operation, body: text };
    }),
    ovo: rows(
      file('ovo-simulator.db'),
      'SELECT invoice, phone, amount, batchSent, referenceSent, state FROM payments ORDER BY id',
      OvoPayment,
    ),
    messages: rows(
      file('ovo-simulator.db'),
      'SELECT operation, request FROM messages ORDER BY id',
      OvoMessage,
    ),
  };
}

function rows<T>(path: string, sql: string, schema: z.ZodType<T>): readonly T[] {
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return z.array(schema).parse(database.prepare(sql).all());
  } finally {
    database.close();
  }
}

/** Seconds from t = 0 of a payment to each of its requests of one operation, or events of one type. */
export function secondsAfterPush(
  { events, requests }: Ledgers,
  paymentId: number,
  what: string,
): readonly number[] {
  const own = [...events, ...requests].filter((one) => one.paymentId === paymentId);
  const t0 = own.find((one) => one.what === 'written')?.at;
  if (t0 === undefined) throw new Error(`payment ${paymentId} was never written to a socket`);
  return own.filter((one) => one.what === what).map(({ at }) => (at - t0) / 1_000);
}

const ended = /^(paid|notCharged|reversed|resolved)$/;

/** Where the books of till and OVO contradict each other, by invariant; empty if nothing is lost. */
export function contradictions(ledgers: Ledgers): readonly string[] {
  const { till, ovo, requests, messages } = ledgers;
  const found: string[] = [];
  const ours = new Map(till.map((payment) => [payment.invoice, payment]));
  const theirs = new Map(ovo.map((payment) => [payment.invoice, payment]));
  for (const { invoice, state } of ovo) {
    const kind = ours.get(invoice)?.kind ?? 'nothing';
    const mayBe =
      kind === 'paid' || kind === 'needsAttention' || !(ended.test(kind) || kind === 'nothing');
    if (state === 'charged' && !mayBe)
      found.push(`M1 ${invoice} is charged, the till says ${kind}`);
  }
  for (const { kind, invoice } of till) {
    const state = theirs.get(invoice ?? '')?.state ?? 'nothing';
    if (kind === 'paid' && state !== 'charged')
      found.push(`M2 ${invoice} is paid, OVO says ${state}`);
    if (/^(notCharged|reversed)$/.test(kind) && state === 'charged') {
      found.push(`M3 ${invoice} is ${kind}, OVO says charged`);
    }
  }
  const numbers = ovo.map(({ batchSent, referenceSent }) => `${batchSent} ${referenceSent}`);
  if (new Set(numbers).size < numbers.length) found.push(`N1 used twice: ${numbers.join(', ')}`);
  const recorded = new Set(requests.map(({ body }) => body));
  for (const { operation, request } of messages) {
    if (!recorded.has(request))
      found.push(`L1 the till has no record of a ${operation}: ${request}`);
  }
  return found;
}
