import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { invariant } from '../../shared/never.ts';
import { Instant } from '../../shared/time.ts';
import type { PaymentEvent, PaymentId } from '../payment/types.ts';
import { RecordUnreadable } from './errors.ts';
import type { Journal } from './journal.ts';
import { paymentIdMax } from './journal.ts';
import type { NumberBook } from './number-book.ts';
import { parseJson, parseRow, toJson } from './rows.ts';
import { parseState } from './schemas.ts';
import type { Save, StoredPayment } from './types.ts';

/** Every so many payments, those that are still live move to the index of old ones. */
const youngMax = 512;

const PaymentRow = z.object({
  id: z.number(),
  events: z.number().int(),
  pushedAt: Instant.nullable(),
  deadlineAt: Instant.nullable(),
  state: z.string(),
});

const Stored = z.object({
  events: z.number(),
  live: z.number(),
  batch: z.number().nullable(),
  reference: z.number().nullable(),
  invoice: z.string().nullable(),
});

/** Payments as they stand. What led there is in the journal. */
export class Payments {
  readonly #sql: ReturnType<typeof prepare>;
  readonly #journal: Journal;
  readonly #book: NumberBook;
  readonly #terminalId: number;

  constructor(database: Database, journal: Journal, book: NumberBook, terminalId: number) {
    this.#sql = prepare(database);
    this.#journal = journal;
    this.#book = book;
    this.#terminalId = terminalId;
  }

  maxId(): number {
    const max = this.#sql.maxId.get();
    return typeof max === 'number' ? max : 0;
  }

  /** Writes a payment's state and the events that led to it, which must follow those it has. */
  save(save: Save): void {
    const { payment, newEvents } = save;
    const { id } = payment.state;
    // One that begins with all its events is new; were it not, its id would refuse it.
    const isNew = payment.events === newEvents.length;
    const stored = isNew ? null : parseRow(Stored, this.#sql.find.get(id), `payment ${id}`);
    invariant(
      payment.events === (stored?.events ?? 0) + newEvents.length,
      `history: the events of payment ${id} follow one another`,
    );
    if (stored === null) this.#insert(save);
    else this.#update(save, stored);
    this.#journal.appendEvents(id, payment.events - newEvents.length + 1, newEvents);
    this.#claimNumber(save, stored);
    this.#keepTraces(id, newEvents);
  }

  live(): readonly StoredPayment[] {
    return this.#sql.live.all().map(readPayment);
  }

  recent(limit: number): readonly StoredPayment[] {
    return this.#sql.recent.all(limit).map(readPayment);
  }

  find(id: PaymentId): StoredPayment | null {
    const row = this.#sql.one.get(id);
    return row === undefined ? null : readPayment(row);
  }

  inBooks(notOf: PaymentId, traceNumber: string | null, approvalCode: string | null): boolean {
    const isKnown = (kind: string, value: string | null): boolean =>
      value !== null && this.#sql.traced.get(kind, value, notOf) !== undefined;
    return isKnown('trace', traceNumber) || isKnown('approval', approvalCode);
  }

  #insert({ payment, live }: Save): void {
    const { state } = payment;
    invariant(state.id < paymentIdMax, 'a payment id has at most 32 bits');
    this.#sql.insert.run(
      ...columns(payment),
      live ? 1 : 0,
      this.#terminalId,
      state.amount,
      state.phone,
      state.startedAt,
      state.id,
    );
    if (state.id % youngMax === 0) this.#ageLive(state.id);
  }

  #update({ payment, live }: Save, stored: z.infer<typeof Stored>): void {
    const { id, numbers } = payment.state;
    invariant(
      stored.invoice === null ||
        (numbers?.invoice === stored.invoice &&
          numbers.batch === stored.batch &&
          numbers.reference === stored.reference),
      `rule 6: payment ${id} keeps its numbers`,
    );
    const changed = this.#sql.update.run(...columns(payment), id);
    invariant(changed.changes === 1, `payment ${id} is updated`);
    if (live !== (stored.live !== 0)) this.#sql.setLive.run({ id, live: live ? 1 : 0 });
  }

  /** Those older than `id` that are still live get into the index; the others never were in it. */
  #ageLive(id: PaymentId): void {
    this.#sql.age.run({ id });
    this.#sql.moveBound.run({ id });
  }

  /** A payment takes its number once, and no other has it (N1). */
  #claimNumber({ payment }: Save, stored: z.infer<typeof Stored> | null): void {
    const { id, numbers } = payment.state;
    const hadNone = stored === null || stored.invoice === null;
    if (hadNone && numbers !== null) this.#book.claim(numbers, id);
  }

  /** What OVO named in an approval, to recognise it should another payment be told the same. */
  #keepTraces(id: PaymentId, events: readonly PaymentEvent[]): void {
    for (const event of events) {
      if (event.type !== 'answered' || event.answer.kind !== 'believed') continue;
      if (event.operation === 'phoneCheck' || event.answer.code !== '00') continue;
      const { traceNumber, approvalCode } = event.answer;
      if (traceNumber !== null) this.#sql.trace.run('trace', traceNumber, id);
      if (approvalCode !== null) this.#sql.trace.run('approval', approvalCode, id);
    }
  }
}

/** What changes with each save. */
const changing = [
  'kind',
  'day',
  'batch',
  'reference',
  'invoice',
  'pushed_at',
  'deadline_at',
  'events',
  'state',
];

function columns({ state, pushedAt, deadlineAt, events }: StoredPayment): unknown[] {
  const { kind, day, numbers } = state;
  return [
    kind,
    day,
    numbers?.batch ?? null,
    numbers?.reference ?? null,
    numbers?.invoice ?? null,
    pushedAt,
    deadlineAt,
    events,
    toJson(state, `the state of payment ${state.id}`),
  ];
}

function readPayment(value: unknown): StoredPayment {
  const row = parseRow(PaymentRow, value, 'a payment');
  const { events, pushedAt, deadlineAt } = row;
  const state = parseJson(row.state, parseState, `payment ${row.id}`);
  if (state.id !== row.id) throw new RecordUnreadable(`payment ${row.id}`, `it says ${state.id}`);
  return { state, events, pushedAt, deadlineAt };
}

const fields = 'id, events, pushed_at AS pushedAt, deadline_at AS deadlineAt, state';

/** Old ones by their index, young ones by their ids: as quick with a million payments as with none. */
const liveSql = `
  SELECT ${fields} FROM payments WHERE live = 2
  UNION ALL
  SELECT ${fields} FROM payments
  WHERE id >= (SELECT young_from FROM live_bound) AND live = 1
  ORDER BY id`;

/** Reads all live payments of any connection, to see at start whether they can be read. */
export function readLive(database: Database): readonly StoredPayment[] {
  return database.prepare(liveSql).all().map(readPayment);
}

function prepare(database: Database) {
  return {
    maxId: database.prepare('SELECT max(id) FROM payments').pluck(),
    find: database.prepare(
      'SELECT events, live, batch, reference, invoice FROM payments WHERE id = ?',
    ),
    insert: database.prepare(
      `INSERT INTO payments (${changing.join(', ')}, live, terminal_id, amount, phone, started_at, id)
       VALUES (${changing.map(() => '?').join(', ')}, ?, ?, ?, ?, ?, ?)`,
    ),
    update: database.prepare(
      `UPDATE payments SET ${changing.map((column) => `${column} = ?`).join(', ')} WHERE id = ?`,
    ),
    setLive: database.prepare(
      `UPDATE payments SET live = CASE
         WHEN @live = 0 THEN 0
         WHEN @id < (SELECT young_from FROM live_bound) THEN 2
         ELSE 1 END
       WHERE id = @id`,
    ),
    age: database.prepare(
      `UPDATE payments SET live = 2
       WHERE id >= (SELECT young_from FROM live_bound) AND id < @id AND live = 1`,
    ),
    moveBound: database.prepare('UPDATE live_bound SET young_from = @id'),
    live: database.prepare(liveSql),
    recent: database.prepare(`SELECT ${fields} FROM payments ORDER BY id DESC LIMIT ?`),
    one: database.prepare(`SELECT ${fields} FROM payments WHERE id = ?`),
    trace: database.prepare(
      'INSERT INTO traces (kind, value, payment_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    traced: database.prepare(
      'SELECT 1 FROM traces WHERE kind = ? AND value = ? AND payment_id <> ? LIMIT 1',
    ),
  };
}
