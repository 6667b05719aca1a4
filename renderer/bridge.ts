import type { ArgsOf, Bridge, Reply, RequestName } from '../shared/ipc.ts';

declare global {
  interface Window {
    /** Given by preload; missing only if this page was opened outside the till. */
    readonly gerai?: Bridge;
  }
}

/**
 * Asks main. Never throws: a bridge that is missing or breaks counts as no answer, and what that
 * means is for the sentence of `refusal.internal` to say.
 */
export async function ask<N extends RequestName>(name: N, args: ArgsOf<N>): Promise<Reply<N>> {
  try {
    if (window.gerai) return await window.gerai.request(name, args);
  } catch {
    // Falls through: the till's program is gone, or its answer was lost.
  }
  return { ok: false, refusal: { key: 'refusal.internal', values: {} } };
}
