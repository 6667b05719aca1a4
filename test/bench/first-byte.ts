import net from 'node:net';
import type { BenchLine } from '../../build/bench-line.ts';
import { folder, line, median, quantile, till } from './_kit.ts';

const rounds = 1_000;
const decline = JSON.stringify({ type: '0210', processingCode: '040000', responseCode: '17' });
const answer = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${decline.length}\r\n\r\n${decline}`;

/** From `payment.start` to the first byte that a server sees: number, row and request are durable by then. */
export async function lines(): Promise<BenchLine[]> {
  let seenAt = 0;
  const server = net.createServer((socket) => {
    let body = false;
    socket.on('data', (bytes) => {
      if (!body) seenAt = performance.now();
      // Head and body may come apart; the answer waits for the end of the JSON.
      body = !bytes.toString('latin1').endsWith('}}');
      if (!body) socket.write(answer);
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((tell) => server.listen(0, '127.0.0.1', tell));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const { driver, desk } = till(folder(), `http://127.0.0.1:${port}`);
  let wake: () => void = () => undefined;
  driver.onChange((id) => {
    if (id !== null && driver.get(id)?.state.kind === 'notCharged') wake();
  });
  const took: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const ended = new Promise<void>((tell) => {
      wake = tell;
    });
    const began = performance.now();
    const result = desk.start((10_000 + round) as never, '081234560001' as never, true);
    await ended;
    took.push(seenAt - began);
    if (result.kind === 'started') desk.seen(result.id as never);
  }
  driver.close();
  server.close();
  const p99 = quantile(took, 0.99);
  return [
    line('payment.start to first byte on the wire (p99)', 'ms', p99, null, 'p99 < 10 ms', p99 < 10),
    line('payment.start to first byte on the wire (median)', 'ms', median(took), null, '–', true),
  ];
}
