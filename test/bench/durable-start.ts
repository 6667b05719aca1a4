import type { BenchLine } from '../../build/bench-line.ts';
import { Ledger } from '../../main/driver/ledger.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { usualRules } from '../support/life.ts';
import { bareCommits, folder, line, till } from './_kit.ts';

const blocks = 20;
const perBlock = 200;

/** Number, payment row and signed request in one durable commit, beside a bare row. */
export async function lines(): Promise<BenchLine[]> {
  const { world, driver } = till(folder(), 'http://127.0.0.1:9');
  const ledger = new Ledger(world, driver.watch);
  const bare = bareCommits(folder());
  const order = {
    amount: Rupiah.parse(12_500),
    phone: Phone.parse('081234560001'),
    rules: usualRules,
  };
  const ours = (): void => {
    ledger.payments.delete(ledger.begin(order).live.id);
  };
  let oursMs = 0;
  let bareMs = 0;
  for (let block = 0; block < blocks; block += 1) {
    const warm = block === 0;
    const a = timed(ours);
    const b = timed(bare);
    if (warm) continue;
    oursMs += a;
    bareMs += b;
  }
  driver.close();
  const rate = (ms: number): number => ((blocks - 1) * perBlock * 1_000) / ms;
  return [
    line(
      'number + payment row + request, durable',
      'per s',
      rate(oursMs),
      rate(bareMs),
      '≥ 0.7 ×',
      rate(oursMs) >= 0.7 * rate(bareMs),
    ),
  ];
}

function timed(work: () => void): number {
  const began = performance.now();
  for (let n = 0; n < perBlock; n += 1) work();
  return performance.now() - began;
}
