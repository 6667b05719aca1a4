import type { Migration } from './migration.ts';

/**
 * The first layout.
 *
 * Few trees are touched by one payment's commit, and each of them at its end, because every page
 * touched is written twice: that is why a payment's events, requests and answers share one journal,
 * keyed so that those of one payment lie together in the order in which they happened.
 */
export const first: Migration = {
  version: 1,
  name: 'first',
  up: `
    CREATE TABLE terminals (
      id INTEGER PRIMARY KEY,
      environment TEXT NOT NULL,
      merchant_id TEXT NOT NULL,
      tid TEXT NOT NULL,
      UNIQUE (environment, merchant_id, tid)
    ) STRICT;

    -- A payment as it stands. live: 0 done; 1 live and young, found by its id; 2 live and older than
    -- live_bound, found by the index, so that most payments begin and end without touching it.
    CREATE TABLE payments (
      id INTEGER PRIMARY KEY,
      terminal_id INTEGER NOT NULL REFERENCES terminals (id),
      kind TEXT NOT NULL,
      amount INTEGER NOT NULL CHECK (amount >= 1),
      phone TEXT NOT NULL,
      day TEXT NOT NULL,
      started_at INTEGER NOT NULL,
      batch INTEGER,
      reference INTEGER,
      invoice TEXT,
      pushed_at INTEGER,
      deadline_at INTEGER,
      live INTEGER NOT NULL CHECK (live IN (0, 1, 2)),
      events INTEGER NOT NULL CHECK (events >= 1),
      state TEXT NOT NULL,
      CHECK ((batch IS NULL) = (invoice IS NULL) AND (reference IS NULL) = (invoice IS NULL))
    ) STRICT;
    CREATE INDEX payments_live_old ON payments (id) WHERE live = 2;
    CREATE TABLE live_bound (
      only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
      young_from INTEGER NOT NULL
    ) STRICT;
    INSERT INTO live_bound (only_row, young_from) VALUES (1, 1);

    -- What happened to payments: kind event, request or end (of an exchange). n counts the events of
    -- a payment; for the other two it is the attempt. id is the payment's times 2^20, plus 1, 2, 3 ...
    CREATE TABLE journal (
      id INTEGER PRIMARY KEY,
      payment_id INTEGER NOT NULL REFERENCES payments (id) DEFERRABLE INITIALLY DEFERRED,
      kind TEXT NOT NULL CHECK (kind IN ('event', 'request', 'end')),
      n INTEGER NOT NULL CHECK (n >= 1),
      at INTEGER NOT NULL,
      json TEXT NOT NULL,
      body BLOB,
      CHECK (id >> 20 = payment_id)
    ) STRICT;

    -- Every number ever given out (N1). payment_id is set once, by the payment that takes it.
    CREATE TABLE numbers (
      terminal_id INTEGER NOT NULL REFERENCES terminals (id),
      batch INTEGER NOT NULL CHECK (batch BETWEEN 1 AND 999999),
      reference INTEGER NOT NULL CHECK (reference BETWEEN 1 AND 999999),
      given_at INTEGER NOT NULL,
      payment_id INTEGER REFERENCES payments (id) DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (terminal_id, batch, reference)
    ) STRICT, WITHOUT ROWID;

    -- Each time a batch was begun, or returned to. day is null until a seeded batch is used.
    CREATE TABLE openings (
      terminal_id INTEGER NOT NULL REFERENCES terminals (id),
      mode TEXT NOT NULL CHECK (mode IN ('date', 'sequence')),
      n INTEGER NOT NULL,
      batch INTEGER NOT NULL CHECK (batch BETWEEN 1 AND 999999),
      day TEXT,
      at INTEGER NOT NULL,
      PRIMARY KEY (terminal_id, mode, n)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE number_jumps (
      id INTEGER PRIMARY KEY,
      terminal_id INTEGER NOT NULL REFERENCES terminals (id),
      at INTEGER NOT NULL,
      reason TEXT NOT NULL CHECK (reason IN ('seeded', 'databaseOlder', 'databaseNew')),
      batch INTEGER NOT NULL CHECK (batch BETWEEN 1 AND 999999),
      from_reference INTEGER,
      to_reference INTEGER NOT NULL CHECK (to_reference BETWEEN 1 AND 1000000)
    ) STRICT;
    CREATE INDEX number_jumps_by_batch ON number_jumps (terminal_id, batch, to_reference);

    -- Trace numbers and approval codes that OVO has named in approvals (rule 12a).
    CREATE TABLE traces (
      kind TEXT NOT NULL CHECK (kind IN ('trace', 'approval')),
      value TEXT NOT NULL,
      payment_id INTEGER NOT NULL REFERENCES payments (id) DEFERRABLE INITIALLY DEFERRED,
      PRIMARY KEY (kind, value, payment_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE settings (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    ${['journal', 'openings', 'number_jumps', 'traces'].map(appendOnly).join('')}
    ${['payments', 'numbers'].map((table) => refuse(table, 'DELETE', '')).join('')}
    ${refuse('numbers', 'UPDATE OF terminal_id, batch, reference, given_at', '')}
    ${refuse('numbers', 'UPDATE OF payment_id', 'WHEN OLD.payment_id IS NOT NULL')}
    ${refuse('payments', 'UPDATE OF id, terminal_id, amount, phone, started_at', '')}
    ${refuse('payments', 'UPDATE OF batch, reference, invoice', changed('batch', 'reference', 'invoice'))}
    ${refuse('payments', 'UPDATE OF pushed_at', changed('pushed_at'))}
  `,
};

function appendOnly(table: string): string {
  return refuse(table, 'UPDATE', '') + refuse(table, 'DELETE', '');
}

/** True of an update that gives one of these columns another value than the one it had. */
function changed(...columns: readonly string[]): string {
  const tests = columns.map(
    (name) => `(OLD.${name} IS NOT NULL AND NEW.${name} IS NOT OLD.${name})`,
  );
  return `WHEN ${tests.join(' OR ')}`;
}

/** A trigger that refuses a change of what must stay as it was written (rule 25). */
function refuse(table: string, change: string, when: string): string {
  const name = `${table}_no_${change.toLowerCase().replace(/[^a-z]+/g, '_')}`;
  return `
    CREATE TRIGGER ${name} BEFORE ${change} ON ${table} ${when}
    BEGIN SELECT RAISE (ABORT, '${table}: written once'); END;`;
}
