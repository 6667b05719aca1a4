import { invariant } from '../../shared/never.ts';

/** The only door to chance. */
export interface Random {
  /** Uniform in [0, 1). */
  fraction(): number;
  /** `bits` random bits or more as upper-case base 32, from the system's secure source. */
  token(bits: number): string;
}

/** Base 32 without I, L, O and U, so that a token read out over the phone is written down right. */
export const tokenAlphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Spells `bits` bits or more, drawing five at a time: `draw` gives whole numbers, uniform in their
 * lowest five bits.
 */
export function spellToken(bits: number, draw: () => number): string {
  invariant(Number.isInteger(bits) && bits > 0, 'rule 7a: a token has a positive number of bits');
  const length = Math.ceil(bits / 5);
  return Array.from({ length }, () => tokenAlphabet.charAt(draw() & 31)).join('');
}
