import { z } from 'zod';

/** An amount of money: whole rupiah, at least 1, at most twelve digits. OVO takes no decimals. */
export const Rupiah = z.number().int().min(1).max(999_999_999_999).brand<'Rupiah'>();
export type Rupiah = z.infer<typeof Rupiah>;

// How amounts are read and written by people, kept in a file of its own that needs no zod.
export type { AmountFault, ParsedAmount } from './money-text.ts';
export { formatRupiah, groupDigits, parseAmount } from './money-text.ts';
