import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import type { BenchLine } from '../../build/bench-line.ts';
import { mono } from '../../shared/time.ts';
import { FakeWire } from '../support/fake-wire.ts';
import { ManualClock, settle } from '../support/manual-clock.ts';
import { believableAnswer } from '../support/ovo-answers.ts';
import { folder, line, till } from './_kit.ts';

const few = 100;
const many = 10_000;
/** From one customer to the next: ten thousand then fit into one day of the till. */
const paceMs = 8_000;
const answerMs = 3_000;
/** A payment that nobody answered is reversed by then, and the cashier looks at how it ended. */
const seenAfter = 20;
/** After it every payment that OVO left in doubt has been reversed. */
const restMs = 300_000;

/**
 * What main keeps in memory after a day of payments, all of it collected that nobody holds: the
 * shipped driver, store, contract and log on real files, under a clock moved by hand. Of ten
 * customers seven pay, two decline, and one is never heard of again, so that the till reverses.
 */
export async function lines(): Promise<BenchLine[]> {
  const clock = new ManualClock('2026-03-24T00:10:00+07:00');
  const wire = new FakeWire(clock);
  wire.onRequest = (exchange) => {
    exchange.write();
    const { operation } = exchange.request;
    const code = answerOf(operation, exchange.body);
    if (code === null) return;
    const after = operation === 'pushToPay' ? answerMs : 50;
    clock.at(mono(clock.mono() + after), () => {
      if (exchange.end !== null) return;
      exchange.receive(believableAnswer(exchange.request, code, clock.wall()));
    });
  };
  const { driver, request } = till(folder(), 'http://127.0.0.1:9', () => wire, clock);

  const silent: number[] = [];
  const takeUpTo = async (count: number, from: number): Promise<number> => {
    for (let n = from; n < count; n += 1) {
      const id = await startOne(request, n);
      await clock.run(answerMs + 1_000);
      await request(customerOf(n) === 'silent' ? 'payment.setAside' : 'payment.seen', { id });
      if (customerOf(n) === 'silent') silent.push(id);
      if (silent.length * 10 > seenAfter) await request('payment.seen', { id: silent.shift() });
      await clock.run(paceMs - answerMs - 1_000);
      // The stand-in remembers for tests; a wire does not.
      wire.exchanges.splice(0, wire.exchanges.length, ...wire.open);
    }
    await clock.run(restMs);
    for (const id of silent.splice(0)) await request('payment.seen', { id });
    wire.exchanges.splice(0);
    return heapBytes();
  };
  const afterFew = await takeUpTo(few, 0);
  const afterMany = await takeUpTo(many, few);
  const left = [...driver.all()].length;
  driver.close();
  if (left > 0) throw new Error(`${left} payments are still under way: the day was not a day`);
  return [
    line(
      'memory of main after 10,000 payments, against after 100',
      'MB',
      afterMany / 1e6,
      afterFew / 1e6,
      '≤ 1.1 ×',
      afterMany <= 1.1 * afterFew,
    ),
  ];
}

const customerOf = (n: number): 'pays' | 'declines' | 'silent' =>
  n % 10 < 7 ? 'pays' : n % 10 < 9 ? 'declines' : 'silent';

const Body = z.looseObject({ amount: z.number().optional() });

function answerOf(operation: string, body: unknown): string | null {
  const { amount = 0 } = Body.parse(body);
  const customer = customerOf(amount);
  if (operation === 'pushToPay') {
    return { pays: '00', declines: '17', silent: null }[customer];
  }
  // Of a silent customer's payment OVO says "pending" until it is reversed.
  return operation === 'statusCheck' && customer === 'silent' ? '68' : '00';
}

const Started = z.looseObject({ ok: z.literal(true), result: z.looseObject({ id: z.number() }) });

async function startOne(
  request: (name: string, args: unknown) => Promise<unknown>,
  n: number,
): Promise<number> {
  const phone = `0812${String(n).padStart(8, '0')}`;
  const reply = await request('payment.start', { amount: 10_000 + n, phone, confirmRepeat: true });
  await settle();
  return Started.parse(reply).result.id;
}

function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') throw new Error('this Node lets nobody collect');
  for (let round = 0; round < 3; round += 1) collect();
  return process.memoryUsage().heapUsed;
}
