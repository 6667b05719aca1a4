import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { invariant } from '../../shared/never.ts';
import { Instant } from '../../shared/time.ts';
import type { ExchangeEnd, OutgoingRequest } from '../ovo/types.ts';
import type { AttemptNumber, PaymentEvent, PaymentId } from '../payment/types.ts';
import type { Row } from './exchange-rows.ts';
import { endRow, readEnd, readRequest, requestRow } from './exchange-rows.ts';
import { parseJson, parseRow, toJson } from './rows.ts';
import { parseEvent } from './schemas.ts';
import type { StoredExchange } from './types.ts';

/** Journal rows that one payment may have; its rows have the ids from `id * rowsMax` on. */
const rowsMax = 2 ** 20;
/** So that every row's id is a number that JavaScript counts exactly. */
export const paymentIdMax = 2 ** 32;

type Kind = 'event' | 'request' | 'end';

const JournalRow = z.object({
  kind: z.enum(['event', 'request', 'end']),
  n: z.custom<AttemptNumber>(Number.isInteger),
  at: Instant,
  json: z.string(),
  body: z.instanceof(Buffer).nullable(),
});

const AttemptRow = z.object({
  last: z.number().nullable(),
  requests: z.number(),
  ends: z.number(),
});

/** What happened to each payment, in order, never changed (rule 25). */
export class Journal {
  readonly #sql: ReturnType<typeof prepare>;

  constructor(database: Database) {
    this.#sql = prepare(database);
  }

  /** Appends events, the first of which is the payment's number `from`. */
  appendEvents(id: PaymentId, from: number, events: readonly PaymentEvent[]): void {
    let last = from === 1 ? id * rowsMax : this.#lastRow(id);
    events.forEach((event, index) => {
      const row = { json: toJson(event, `an event of payment ${id}`), body: null };
      last = this.#append(id, last, 'event', from + index, event.at.wall, row);
    });
  }

  appendRequest(
    id: PaymentId,
    attempt: AttemptNumber,
    request: OutgoingRequest,
    at: Instant,
  ): void {
    const { last, requests } = this.#attempt(id, attempt);
    invariant(requests === 0, `N2: attempt ${attempt} of payment ${id} is recorded once`);
    this.#append(id, last, 'request', attempt, at, requestRow(request));
  }

  appendEnd(id: PaymentId, attempt: AttemptNumber, end: ExchangeEnd, at: Instant): void {
    const { last, requests, ends } = this.#attempt(id, attempt);
    invariant(requests === 1, `L1: attempt ${attempt} of payment ${id} was recorded`);
    invariant(ends === 0, `L1: attempt ${attempt} of payment ${id} ends once`);
    this.#append(id, last, 'end', attempt, at, endRow(end));
  }

  events(id: PaymentId): readonly PaymentEvent[] {
    return this.#rows(id)
      .filter((row) => row.kind === 'event')
      .map((row) => parseJson(row.json, parseEvent, `event ${row.n} of payment ${id}`));
  }

  exchanges(id: PaymentId): readonly StoredExchange[] {
    const rows = this.#rows(id);
    const ends = new Map(rows.filter((row) => row.kind === 'end').map((row) => [row.n, row]));
    return rows
      .filter((row) => row.kind === 'request')
      .map((row) => {
        const what = `attempt ${row.n} of payment ${id}`;
        const end = ends.get(row.n);
        return {
          attempt: row.n,
          recordedAt: row.at,
          request: readRequest(row, what),
          end: end === undefined ? null : readEnd(end, `the end of ${what}`),
          endedAt: end?.at ?? null,
        };
      });
  }

  #append(id: PaymentId, last: number, kind: Kind, n: number, at: Instant, row: Row): number {
    const next = last + 1;
    invariant(next < (id + 1) * rowsMax, `payment ${id} has a journal of fewer than 2^20 rows`);
    this.#sql.append.run(next, id, kind, n, at, row.json, row.body);
    return next;
  }

  #lastRow(id: PaymentId): number {
    const last = this.#sql.last.get(...range(id));
    return typeof last === 'number' ? last : id * rowsMax;
  }

  #attempt(id: PaymentId, attempt: AttemptNumber): z.infer<typeof AttemptRow> & { last: number } {
    const row = this.#sql.attempt.get(attempt, attempt, ...range(id));
    const found = parseRow(AttemptRow, row, `attempt ${attempt} of payment ${id}`);
    return { ...found, last: found.last ?? id * rowsMax };
  }

  #rows(id: PaymentId): z.infer<typeof JournalRow>[] {
    return this.#sql.rows
      .all(...range(id))
      .map((row) => parseRow(JournalRow, row, `the journal of payment ${id}`));
  }
}

function range(id: PaymentId): [first: number, last: number] {
  return [id * rowsMax, (id + 1) * rowsMax - 1];
}

function prepare(database: Database) {
  return {
    append: database.prepare(
      'INSERT INTO journal (id, payment_id, kind, n, at, json, body) VALUES (?, ?, ?, ?, ?, ?, ?)',
    ),
    last: database
      .prepare('SELECT id FROM journal WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1')
      .pluck(),
    attempt: database.prepare(
      `SELECT max(id) AS last, count(*) FILTER (WHERE kind = 'request' AND n = ?) AS requests,
         count(*) FILTER (WHERE kind = 'end' AND n = ?) AS ends
       FROM journal WHERE id BETWEEN ? AND ?`,
    ),
    rows: database.prepare(
      'SELECT kind, n, at, json, body FROM journal WHERE id BETWEEN ? AND ? ORDER BY id',
    ),
  };
}
