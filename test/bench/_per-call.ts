const blocks = 60;
/** The first third only warms up. */
const warmUp = 20;
/** One call alone is shorter than the clock can tell. Fewer than main's limit on requests a second. */
const perBlock = 40;

/** Microseconds a call takes, block by block; `between` makes ready for the next block. */
export async function perCall(
  call: () => unknown,
  between: () => unknown,
): Promise<readonly number[]> {
  const took: number[] = [];
  for (let block = 0; block < blocks; block += 1) {
    await between();
    const began = performance.now();
    for (let n = 0; n < perBlock; n += 1) await call();
    took.push(((performance.now() - began) * 1_000) / perBlock);
  }
  return took.slice(warmUp);
}
