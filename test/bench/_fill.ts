import { join } from 'node:path';
import Database from 'better-sqlite3';
import { systemClock } from '../../main/platform/system-clock.ts';
import { FakeWire } from '../support/fake-wire.ts';
import { believableAnswer } from '../support/ovo-answers.ts';
import { till } from './_kit.ts';

/**
 * Fills a folder's database with `count` paid payments of earlier days: one is taken through the
 * shipped driver, and its rows are copied with ids and numbers moved on. Triggers and keys hold.
 */
export async function fill(directory: string, count: number): Promise<void> {
  await onePaid(directory);
  const database = new Database(join(directory, 'gerai.db'));
  database.pragma('synchronous = OFF');
  database.pragma('foreign_keys = OFF');
  const columns = (table: string): string[] =>
    (database.pragma(`table_info(${table})`) as { name: string }[]).map(({ name }) => name);
  const copy = (table: string, changes: Record<string, string>): void => {
    const names = columns(table);
    const values = names.map((name) => changes[name] ?? `t.${name}`).join(', ');
    const key =
      table === 'journal' || table === 'numbers' || table === 'traces' ? 'payment_id' : 'id';
    database.exec(
      `WITH RECURSIVE copies (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies WHERE k < ${count - 1})
       INSERT INTO ${table} (${names.join(', ')}) SELECT ${values} FROM copies, ${table} AS t WHERE t.${key} = 1`,
    );
  };
  // One day of 1,000 payments after the other, all before the template's own.
  const batch = '200000 + k / 1000';
  database.exec('BEGIN');
  copy('payments', {
    id: '1 + k',
    batch,
    reference: '1 + k % 1000',
    invoice: "t.invoice || '-' || k",
    state: `replace(t.state, '"id":1,', '"id":' || (1 + k) || ',')`,
  });
  copy('numbers', { batch, reference: '1 + k % 1000', payment_id: '1 + k' });
  copy('journal', { id: 't.id + k * 1048576', payment_id: '1 + k' });
  copy('traces', { value: "t.value || '-' || k", payment_id: '1 + k' });
  // As the store does it every 512 payments: what is older is found by its index, or not at all.
  database.exec(`UPDATE live_bound SET young_from = ${count - (count % 512) || 1}`);
  database.exec('COMMIT');
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

async function onePaid(directory: string): Promise<void> {
  const clock = systemClock();
  const wire = new FakeWire(clock);
  wire.onRequest = (exchange) => {
    exchange.write();
    exchange.receive(believableAnswer(exchange.request, '00', clock.wall()));
  };
  const { driver, desk } = till(directory, 'http://127.0.0.1:9', () => wire);
  const result = desk.start(12_500 as never, '081234560001' as never, true);
  await new Promise((tell) => setTimeout(tell, 50));
  if (result.kind !== 'started') throw new Error('the template was not started');
  desk.seen(result.id as never);
  // The proof of rule 12b is made at once, so that nothing is left to do.
  await new Promise((tell) => setTimeout(tell, 15_500));
  driver.close();
}
