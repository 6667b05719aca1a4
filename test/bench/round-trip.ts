import http from 'node:http';
import axios from 'axios';
import type { BenchLine } from '../../build/bench-line.ts';
import { AppKey } from '../../main/ovo/app-key.ts';
import { buildRequest } from '../../main/ovo/messages.ts';
import type { OutgoingRequest } from '../../main/ovo/types.ts';
import type { BatchNumber, Numbers, ReferenceNumber } from '../../main/payment/types.ts';
import { trainingAppKey, trainingIdentity } from '../../main/training/identity.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { instant } from '../../shared/time.ts';
import { bareCommits, folder, line, median, quantile, simulator, till } from './_kit.ts';

const rounds = 1_500;
const warmUp = 300;

/** From `payment.start` to paid, beside the least that any program must do for it. */
export async function lines(): Promise<BenchLine[]> {
  const ovo = await simulator('at-once');
  const ours = await oursAt(ovo.baseUrl);
  const bare = bareAt(ovo.baseUrl);
  const oursMs: number[] = [];
  const bareMs: number[] = [];
  for (let round = 0; round < rounds + warmUp; round += 1) {
    // Alternating, so that whatever else the machine does meets both alike.
    const [a, b] = [await ours(round), await bare(round)];
    if (round < warmUp) continue;
    oursMs.push(a);
    bareMs.push(b);
  }
  ovo.stop();
  const ratio = median(oursMs) / median(bareMs);
  return [
    line(
      'payment round trip, simulator answering at once (median)',
      'ms',
      median(oursMs),
      median(bareMs),
      '≤ 1.25 ×',
      ratio <= 1.25,
    ),
    line(
      'payment round trip (p99)',
      'ms',
      quantile(oursMs, 0.99),
      quantile(bareMs, 0.99),
      '–',
      true,
    ),
  ];
}

async function oursAt(baseUrl: string): Promise<(round: number) => Promise<number>> {
  const { driver, request } = till(folder(), baseUrl);
  let wake: () => void = () => undefined;
  driver.onChange((id) => {
    if (id !== null && driver.get(id)?.state.kind === 'paid') wake();
  });
  return async (round) => {
    const args = { amount: 10_000 + round, phone: '081234560001', confirmRepeat: true };
    const began = performance.now();
    const paid = new Promise<void>((tell) => {
      wake = tell;
    });
    const reply = (await request('payment.start', args)) as { ok: boolean; result: { id: number } };
    if (!reply.ok) throw new Error(`refused: ${JSON.stringify(reply)}`);
    await paid;
    const took = performance.now() - began;
    await request('payment.seen', { id: reply.result.id });
    // The limit on requests a second is for hands; a bench waits for it to pass.
    if (round % 20 === 19) await new Promise((tell) => setTimeout(tell, 1_000));
    return took;
  };
}

/** One axios POST of a request that is just as valid, and two commits of one row. */
function bareAt(baseUrl: string): (round: number) => Promise<number> {
  const commit = bareCommits(folder());
  const client = axios.create({
    httpAgent: new http.Agent({ keepAlive: true }),
    proxy: false,
    validateStatus: () => true,
  });
  return async (round) => {
    const prepared = valid(baseUrl, round);
    const headers = Object.fromEntries(
      prepared.headers.filter(([name]) => !/^(host|connection|content-length)$/i.test(name)),
    );
    const began = performance.now();
    commit();
    const { data } = await client.post<{ responseCode: string }>(prepared.url, prepared.body, {
      headers,
    });
    commit();
    const took = performance.now() - began;
    if (data.responseCode !== '00')
      throw new Error(`the bare request was answered ${JSON.stringify(data)}`);
    return took;
  };
}

function valid(baseUrl: string, round: number): OutgoingRequest {
  const reference = round + 1;
  const numbers: Numbers = {
    batch: 900_000 as BatchNumber,
    reference: reference as ReferenceNumber,
    batchText: '900000',
    referenceText: String(reference),
    asNumber: false,
    invoice: `BARE-${process.pid}-${reference}`,
  };
  const subject = {
    phone: Phone.parse('081234560001'),
    amount: Rupiah.parse(10_000),
    numbers,
    pushedAt: null,
  };
  const context = {
    identity: trainingIdentity,
    baseUrl,
    signature: 'app-id+random' as const,
    statusDate: 'original' as const,
    appKey: new AppKey(trainingAppKey),
  };
  return buildRequest('pushToPay', subject, context, instant(Date.now()));
}
