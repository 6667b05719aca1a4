import { writeFileSync } from 'node:fs';

/* Loaded into the till's own process before anything else: writes down what it has used so far. */
const file = process.env.GERAI_BENCH_CPU ?? '';
const say = (): void => {
  const { user, system } = process.cpuUsage();
  writeFileSync(file, JSON.stringify({ atMs: performance.now(), usedMs: (user + system) / 1_000 }));
};
setInterval(say, 1_000).unref();
