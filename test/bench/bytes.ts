import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BenchLine } from '../../build/bench-line.ts';
import { systemClock } from '../../main/platform/system-clock.ts';
import { FakeWire } from '../support/fake-wire.ts';
import { believableAnswer } from '../support/ovo-answers.ts';
import { fill } from './_fill.ts';
import { folder, line, median, till } from './_kit.ts';

const payments = 100_000;

/** All that this process hands to the disk for one payment, the checkpoint of the log included. */
export async function lines(): Promise<BenchLine[]> {
  const [empty, full] = [folder(), folder()];
  await Promise.all([fill(empty, 2), fill(full, payments)]);
  const none = await bytesOfOne(empty);
  const many = await bytesOfOne(full);
  return [
    line(
      'bytes written to disk for one payment, 100,000 in the file',
      'bytes',
      many,
      none,
      '≤ 1.1 ×, and ≤ 100 kB',
      many <= 1.1 * none && many <= 100_000,
    ),
  ];
}

async function bytesOfOne(directory: string): Promise<number> {
  const clock = systemClock();
  const wire = new FakeWire(clock);
  const { driver, desk } = till(directory, 'http://127.0.0.1:9', () => wire);
  // A second connection folds the log into the file after each payment, as an idle till does.
  const folder = new Database(join(directory, 'gerai.db'));
  folder.pragma('wal_checkpoint(TRUNCATE)');
  const figures: number[] = [];
  for (let n = 0; n < 9; n += 1) {
    const before = writtenBytes();
    const result = desk.start(
      (20_000 + n) as never,
      `08123456${String(n).padStart(4, '0')}` as never,
      true,
    );
    await new Promise((tell) => setTimeout(tell, 20));
    const exchange = wire.last('pushToPay');
    exchange.receive(believableAnswer(exchange.request, '00', clock.wall()));
    await new Promise((tell) => setTimeout(tell, 20));
    if (result.kind === 'started') desk.seen(result.id as never);
    folder.pragma('wal_checkpoint(TRUNCATE)');
    figures.push(writtenBytes() - before);
  }
  folder.close();
  driver.close();
  return median(figures);
}

/** Bytes given to write calls by this process, the till's log file included. Linux only. */
function writtenBytes(): number {
  return Number(/^wchar: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? Number.NaN);
}
