import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import type { Instant } from '../../shared/time.ts';
import { BooksUnavailable, codeOf } from './books-trouble.ts';

/**
 * OVO's books in training: every payment, every message received and every answer sent, in a file
 * of their own beside the till's. They outlive a kill of the till, so that a till started again
 * finds OVO as OVO would really be. They need not outlive a power cut, hence `synchronous = OFF`.
 */

/**
 * `onItsWay`: the push has left the till but not reached OVO. `lost`: it never will. `refused`: OVO
 * did not take it for a payment. A check finds none of these three.
 */
const States = z.enum([
  'onItsWay',
  'lost',
  'refused',
  'pending',
  'charged',
  'declined',
  'expired',
  'reversed',
  'voided',
]);
export type BookState = z.infer<typeof States>;

const time = z.number().nullable();
const BookPayment = z.object({
  id: z.number(),
  tid: z.string(),
  /** Batch and reference as the push wrote them in JSON: `"1"`, `"000001"` and `1` differ. */
  batchSent: z.string(),
  referenceSent: z.string(),
  batch: z.number(),
  reference: z.number(),
  invoice: z.string(),
  phone: z.string(),
  amount: z.number(),
  pushDate: z.string(),
  story: z.string(),
  /** Instants by the simulator's clock. */
  receivedAt: z.number(),
  state: States,
  /** The response code of a payment that OVO or the customer declined. */
  code: z.string().nullable(),
  chargedAt: time,
  endedAt: time,
  reversedAt: time,
  voidedAt: time,
  reversalsSeen: z.number(),
});
export type BookPayment = Readonly<z.infer<typeof BookPayment>>;

const BookMessage = z.object({
  id: z.number(),
  receivedAt: z.number(),
  operation: z.string().nullable(),
  paymentId: z.number().nullable(),
  request: z.string(),
  answeredAt: time,
  status: z.number().nullable(),
  code: z.string().nullable(),
  answer: z.string().nullable(),
  /** Why it was refused, or what else was odd. */
  reason: z.string().nullable(),
});
export type BookMessage = Readonly<z.infer<typeof BookMessage>>;

export type NewPayment = Omit<
  BookPayment,
  'id' | 'chargedAt' | 'reversedAt' | 'voidedAt' | 'reversalsSeen'
>;
export type PaymentChange = Partial<
  Pick<
    BookPayment,
    'state' | 'code' | 'chargedAt' | 'endedAt' | 'reversedAt' | 'voidedAt' | 'reversalsSeen'
  >
>;
export type MessageChange = Partial<
  Pick<
    BookMessage,
    'operation' | 'paymentId' | 'answeredAt' | 'status' | 'code' | 'answer' | 'reason'
  >
>;

/** What a test or the phone page may see of the books. */
export interface BooksView {
  /** Every payment, oldest first. */
  payments(): readonly BookPayment[];
  /** The last payments, newest first. */
  recent(limit: number): readonly BookPayment[];
  payment(id: number): BookPayment | null;
  /** The last messages, newest first. */
  messages(limit: number): readonly BookMessage[];
}

export interface Books extends BooksView {
  /** One transaction; a throw undoes it all. */
  transaction<T>(work: () => T): T;
  addPayment(payment: NewPayment): number;
  change(id: number, change: PaymentChange): void;
  /** The payment with exactly these numbers, as sent. */
  find(tid: string, batchSent: string, referenceSent: string, invoice: string): BookPayment | null;
  /** What of a new push was used before, in words; null if all of it is new. */
  usedBefore(tid: string, batch: number, reference: number, invoice: string): string | null;
  /** The highest reference seen in a batch, or 0. */
  highest(tid: string, batch: number): number;
  /** Payments whose story goes on, oldest first. */
  unfinished(): readonly BookPayment[];
  addMessage(receivedAt: Instant, request: string): number;
  changeMessage(id: number, change: MessageChange): void;
  /** Small facts that outlive a run, such as the port. */
  fact(name: string): string | null;
  setFact(name: string, value: string): void;
  close(): void;
}

const fileName = 'ovo-simulator.db';
const version = 1;
/** The till waits with a locked file, so not for long; nobody else has reason to write to it. */
const lockedMsMax = 100;
const schema = `
  CREATE TABLE payments (
    id INTEGER PRIMARY KEY, tid TEXT NOT NULL, batchSent TEXT NOT NULL, referenceSent TEXT NOT NULL,
    batch INTEGER NOT NULL, reference INTEGER NOT NULL, invoice TEXT NOT NULL UNIQUE,
    phone TEXT NOT NULL, amount INTEGER NOT NULL, pushDate TEXT NOT NULL, story TEXT NOT NULL,
    receivedAt INTEGER NOT NULL, state TEXT NOT NULL, code TEXT, chargedAt INTEGER,
    endedAt INTEGER, reversedAt INTEGER, voidedAt INTEGER, reversalsSeen INTEGER NOT NULL DEFAULT 0,
    UNIQUE (tid, batch, reference)
  ) STRICT;
  CREATE INDEX unfinished ON payments (id) WHERE state IN ('onItsWay', 'pending');
  CREATE TABLE messages (
    id INTEGER PRIMARY KEY, receivedAt INTEGER NOT NULL, operation TEXT, paymentId INTEGER,
    request TEXT NOT NULL, answeredAt INTEGER, status INTEGER, code TEXT, answer TEXT, reason TEXT
  ) STRICT;
  CREATE TABLE facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
  PRAGMA user_version = ${version};`;

/**
 * Opens the books in a folder, or in memory for `null`. A file that is no such books, or damaged, is
 * set aside under another name, and new books are begun. Each later call throws what SQLite throws
 * when the file cannot be written, and then has changed nothing.
 * @throws BooksUnavailable when the disk is full, the folder read-only and the like; the file stays.
 */
export function openBooks(directory: string | null, now: Instant): Books {
  if (directory === null) return openFile(':memory:');
  const path = join(directory, fileName);
  try {
    mkdirSync(directory, { recursive: true });
    try {
      return openFile(path);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      for (const end of ['', '-wal', '-shm']) {
        if (existsSync(path + end)) renameSync(path + end, `${path}.unreadable-${now}${end}`);
      }
      return openFile(path);
    }
  } catch (error) {
    throw new BooksUnavailable(directory, error);
  }
}

class OtherVersion extends Error {}

/** True if it is the file that is at fault, and not the disk or the folder. */
function isUnreadable(error: unknown): boolean {
  // SQLITE_ERROR: a table that should be there is not.
  return error instanceof OtherVersion || /^SQLITE_(NOTADB|CORRUPT|ERROR)/.test(codeOf(error));
}

function openFile(path: string): Books {
  const database = new Database(path, { timeout: lockedMsMax });
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = OFF');
    const found = z.number().parse(database.pragma('user_version', { simple: true }));
    if (found !== 0 && found !== version) throw new OtherVersion(`books of version ${found}`);
    if (found === 0) database.transaction(() => database.exec(schema))();
    return booksOf(database);
  } catch (error) {
    database.close();
    throw error;
  }
}

function booksOf(database: Database.Database): Books {
  const payments = paymentTable(database);
  const messages = messageTable(database);
  const facts = database.prepare('SELECT value FROM facts WHERE name = ?').pluck();
  const setFact = database.prepare('INSERT OR REPLACE INTO facts (name, value) VALUES (?, ?)');
  return {
    ...payments,
    ...messages,
    transaction: (work) => database.transaction(work)(),
    fact: (name) =>
      z
        .string()
        .nullable()
        .parse(facts.get(name) ?? null),
    setFact: (name, value) => void setFact.run(name, value),
    close: () => void database.close(),
  };
}

function paymentTable(database: Database.Database) {
  const add = database.prepare(
    `INSERT INTO payments (tid, batchSent, referenceSent, batch, reference, invoice, phone, amount,
       pushDate, story, receivedAt, state, code, endedAt)
     VALUES (@tid, @batchSent, @referenceSent, @batch, @reference, @invoice, @phone, @amount,
       @pushDate, @story, @receivedAt, @state, @code, @endedAt)`,
  );
  const select = (rest: string) => database.prepare(`SELECT * FROM payments ${rest}`);
  const byId = select('WHERE id = ?');
  const byInvoice = select('WHERE invoice = ?');
  const all = select('ORDER BY id');
  const last = select('ORDER BY id DESC LIMIT ?');
  const open = select("WHERE state IN ('onItsWay', 'pending') ORDER BY id");
  const numbers = database
    .prepare('SELECT 1 FROM payments WHERE tid = ? AND batch = ? AND reference = ?')
    .pluck();
  const highest = database
    .prepare('SELECT coalesce(max(reference), 0) FROM payments WHERE tid = ? AND batch = ?')
    .pluck();
  const row = (found: unknown): BookPayment | null =>
    found === undefined ? null : BookPayment.parse(found);
  const rows = (found: unknown): readonly BookPayment[] => z.array(BookPayment).parse(found);
  const change = updater<PaymentChange>(database, 'payments');
  return {
    addPayment: (payment: NewPayment) => Number(add.run(payment).lastInsertRowid),
    change,
    payment: (id: number) => row(byId.get(id)),
    find(tid: string, batchSent: string, referenceSent: string, invoice: string) {
      const found = row(byInvoice.get(invoice));
      const same =
        found?.tid === tid &&
        found.batchSent === batchSent &&
        found.referenceSent === referenceSent;
      return same ? found : null;
    },
    usedBefore(tid: string, batch: number, reference: number, invoice: string) {
      if (numbers.get(tid, batch, reference) !== undefined) {
        return `batch ${batch} and reference ${reference} were used before`;
      }
      return byInvoice.get(invoice) === undefined ? null : `invoice ${invoice} was used before`;
    },
    highest: (tid: string, batch: number) => z.number().parse(highest.get(tid, batch)),
    unfinished: () => rows(open.all()),
    payments: () => rows(all.all()),
    recent: (limit: number) => rows(last.all(limit)),
  };
}

function messageTable(database: Database.Database) {
  const add = database.prepare('INSERT INTO messages (receivedAt, request) VALUES (?, ?)');
  const last = database.prepare('SELECT * FROM messages ORDER BY id DESC LIMIT ?');
  return {
    addMessage: (receivedAt: Instant, request: string) =>
      Number(add.run(receivedAt, request).lastInsertRowid),
    changeMessage: updater<MessageChange>(database, 'messages'),
    messages: (limit: number): readonly BookMessage[] =>
      z.array(BookMessage).parse(last.all(limit)),
  };
}

/** A function that sets some columns of one row; each combination of columns is prepared once. */
function updater<Change extends object>(database: Database.Database, table: string) {
  const statements = new Map<string, Database.Statement>();
  return (id: number, change: Change): void => {
    const assignments = Object.keys(change)
      .map((name) => `${name} = @${name}`)
      .join(', ');
    const statement =
      statements.get(assignments) ??
      database.prepare(`UPDATE ${table} SET ${assignments} WHERE id = @id`);
    statements.set(assignments, statement);
    statement.run({ ...change, id });
  };
}
