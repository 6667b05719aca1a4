// First, as in the page: there zod may not generate code, and parses more slowly.
import '../../shared/no-eval.ts';
import { makeBridge } from '../../preload/bridge.ts';
import type { RequestName } from '../../shared/ipc.ts';
import { median } from './_kit.ts';
import { perCall } from './_per-call.ts';

/* The page's half of a round trip, as a process of its own: main's replies are there at once. */
interface Task {
  readonly name: RequestName;
  readonly args: object;
  readonly reply: unknown;
}

process.once('message', async (tasks: readonly Task[]) => {
  const figures: number[] = [];
  for (const { name, args, reply } of tasks) {
    const { request } = makeBridge({
      invoke: async () => reply,
      on: () => undefined,
      removeListener: () => undefined,
    });
    const call = () => request(name, args as never);
    if (!(await call()).ok) throw new Error(`${name}: the bridge does not believe main's reply`);
    figures.push(median(await perCall(call, () => undefined)));
  }
  process.send?.(figures);
  process.disconnect?.();
});
