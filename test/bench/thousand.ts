import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { BenchLine } from '../../build/bench-line.ts';
import type { OvoWire } from '../../main/ovo/types.ts';
import { folder, line, simulator, till } from './_kit.ts';

const count = 1_000;

/** A thousand payments under way at once; none is answered, all are checked and reversed. */
export async function lines(): Promise<BenchLine[]> {
  const ovo = await simulator('by-phone');
  const pushed = new Map<string, number>();
  const lateMs: number[] = [];
  // A view of the wire that notes when a push was written and when its reversal was.
  const watched = (wire: OvoWire): OvoWire => ({
    close: () => wire.close(),
    probe: () => wire.probe(),
    exchange: (request, options) => {
      const { operation, body } = request;
      const invoice = /"merchantInvoice":"([^"]+)"/.exec(body.toString('latin1'))?.[1] ?? '';
      const onWritten = (): void => {
        if (operation === 'pushToPay') pushed.set(invoice, performance.now());
        if (operation === 'reversal')
          lateMs.push(performance.now() - (pushed.get(invoice) ?? 0) - 65_000);
        options.onWritten();
      };
      return wire.exchange(request, { ...options, onWritten });
    },
  });
  const { driver, desk } = till(folder(), ovo.baseUrl, watched);
  const blocked = monitorEventLoopDelay({ resolution: 5 });
  for (let n = 0; n < count; n += 1) {
    // The story in which OVO stays silent for ever.
    desk.start((10_000 + n) as never, `081${String(n).padStart(5, '0')}0005` as never, false);
    if (n === 50) blocked.enable();
    await new Promise((tell) => setTimeout(tell, 2));
  }
  while (lateMs.length < count) await new Promise((tell) => setTimeout(tell, 500));
  blocked.disable();
  const worstLate = Math.max(...lateMs);
  const earliest = Math.min(...lateMs);
  const worstBlocked = blocked.max / 1e6;
  driver.close();
  ovo.stop();
  return [
    line(
      '1,000 payments at once: the latest reversal after 65 s',
      'ms',
      worstLate,
      null,
      '≤ 250 ms',
      worstLate <= 250 && earliest >= 0,
    ),
    line(
      '1,000 payments at once: longest time main was blocked',
      'ms',
      worstBlocked,
      null,
      '≤ 50 ms',
      worstBlocked <= 50,
    ),
  ];
}
