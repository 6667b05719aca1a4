import { randomBytes } from 'node:crypto';
import { type Random, spellToken } from './random.ts';

/** Chance for a running till. One of the few doors to it. */
export function systemRandom(): Random {
  return {
    // The jitter of pauses: nobody gains by guessing it, and it is asked for at every event.
    fraction: () => Math.random(),
    // Drawn from the operating system at each call and never kept in store, so that a cloned or
    // restored machine does not draw the same again (rule 7a).
    token(bits) {
      const bytes = randomBytes(Math.max(1, Math.ceil(bits / 5)));
      let next = 0;
      return spellToken(bits, () => bytes.readUInt8(next++));
    },
  };
}
