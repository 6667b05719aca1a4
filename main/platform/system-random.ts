import { randomBytes } from 'node:crypto';
import { type Random, spellToken } from './random.ts';

/** Chance from the operating system's secure source (rule 7a). One of the few doors to it. */
export function systemRandom(): Random {
  return {
    fraction() {
      // 48 bits fit a double exactly, so every value is below 1.
      return randomBytes(6).readUIntBE(0, 6) / 2 ** 48;
    },
    token(bits) {
      return spellToken(bits, () => randomBytes(1).readUInt8(0));
    },
  };
}
