import { type Random, spellToken } from '../../main/platform/random.ts';

/**
 * Chance that can be repeated: the same seed draws the same numbers (the generator is "mulberry32").
 * Good for simulations and tests, worthless for secrets.
 */
export class SeededRandom implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** The next 32 bits. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return (bits ^ (bits >>> 14)) >>> 0;
  }

  fraction(): number {
    return this.#next() / 2 ** 32;
  }

  token(bits: number): string {
    return spellToken(bits, () => this.#next() >>> 13);
  }

  /** A whole number, uniform in `from` … `to`, both included. */
  integer(from: number, to: number): number {
    return from + Math.floor(this.fraction() * (to - from + 1));
  }

  /** One of `choices`, each as likely. */
  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.integer(0, choices.length - 1)] ?? choices[0];
  }
}
