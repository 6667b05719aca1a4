import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BenchLine } from '../../build/bench-line.ts';
import { FakeWire } from '../support/fake-wire.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { believableAnswer } from '../support/ovo-answers.ts';
import { folder, line, median, till } from './_kit.ts';
import { perCall } from './_per-call.ts';

/** What contract and validation may cost over the bare call, in microseconds. */
const moreMax = 50;

/**
 * A request's way from the page's bridge through main's door and back, beside the desk called
 * directly: arguments and result are parsed on both sides, sender, size and role looked at. The two
 * halves are measured in processes of their own, and added. Transport, which is Electron's, is left
 * out.
 */
export async function lines(): Promise<BenchLine[]> {
  const clock = new ManualClock();
  const { driver, desk, request } = await tillWithPayments(clock);
  // One that was seen to its end: to show it again writes nothing.
  const id = desk.view().recent[1]?.id ?? 0;
  desk.show(id as never);
  const command = { name: 'payment.show', args: { id } } as const;
  const view = { name: 'till.view', args: {} } as const;

  const [pageCommand = 0, pageView = 0] = await pageHalf([
    { ...command, reply: await request(command.name, command.args) },
    { ...view, reply: await request(view.name, view.args) },
  ]);
  // Main's limit on requests a second is counted on this clock.
  const pass = () => clock.run(2_000);
  const main = async ({ name, args }: { name: string; args: object }) =>
    median(await perCall(() => request(name, args), pass));
  const bareCommand = median(await perCall(() => desk.show(id as never), pass));
  const bareView = median(await perCall(() => desk.view(), pass));
  const withMain = [pageCommand + (await main(command)), pageView + (await main(view))] as const;
  driver.close();
  return [
    row('IPC round trip in process: a command (median)', withMain[0], bareCommand),
    row('IPC round trip in process: the whole view, 12 payments (median)', withMain[1], bareView),
  ];
}

function row(name: string, ours: number, bare: number): BenchLine {
  return line(name, 'µs', ours, bare, `≤ ${moreMax} µs more`, ours - bare <= moreMax);
}

/** A till whose list of last payments is as long as it gets, so that its view is large. */
async function tillWithPayments(clock: ManualClock) {
  const wire = new FakeWire(clock);
  wire.onRequest = (exchange) => {
    exchange.write();
    exchange.receive(believableAnswer(exchange.request, '00', clock.wall()));
  };
  const made = till(folder(), 'http://127.0.0.1:9', () => wire, clock);
  for (let n = 0; n < 14; n += 1) {
    const amount = (10_000 + n) as never;
    const started = made.desk.start(amount, `08120000${1_000 + n}` as never, true);
    await clock.run(1_000);
    if (started.kind === 'started') made.desk.seen(started.id as never);
    await clock.run(20_000);
  }
  return made;
}

async function pageHalf(tasks: readonly object[]): Promise<readonly number[]> {
  const child = fork(fileURLToPath(new URL('_ipc-page.ts', import.meta.url)));
  child.send(tasks);
  return new Promise((tell, fail) => {
    child.once('message', (figures) => tell(figures as number[]));
    child.once('exit', (code) => fail(new Error(`the page's half ended with ${code}`)));
  });
}
