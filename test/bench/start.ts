import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchLine } from '../../build/bench-line.ts';
import { fill } from './_fill.ts';
import { folder, line, median } from './_kit.ts';

const payments = 1_000_000;
const rounds = 15;

/** From opening the data folder to a till that takes payments, in a fresh process each time. */
export async function lines(): Promise<BenchLine[]> {
  const [empty, full] = [folder(), folder()];
  await Promise.all([fill(empty, 2), fill(full, payments)]);
  const emptyMs: number[] = [];
  const fullMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    emptyMs.push(await openOnce(empty));
    fullMs.push(await openOnce(full));
  }
  const ratio = median(fullMs) / median(emptyMs);
  return [
    line(
      'start to ready with 1,000,000 payments in the file',
      'ms',
      median(fullMs),
      median(emptyMs),
      '≤ 1.05 ×',
      ratio <= 1.05,
    ),
  ];
}

function openOnce(directory: string): Promise<number> {
  const child = fork(fileURLToPath(new URL('_open-once.ts', import.meta.url)), [directory]);
  return new Promise((tell) => child.once('message', (ms) => tell(Number(ms))));
}
