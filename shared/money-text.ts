import type { z } from 'zod';

/** The type that `Rupiah` in money.ts parses to; here without zod, so that the page stays small. */
type Rupiah = number & z.core.$brand<'Rupiah'>;

export type AmountFault = 'amountMissing' | 'amountNotANumber' | 'amountZero' | 'amountTooLarge';
export type ParsedAmount = { ok: true; value: Rupiah } | { ok: false; fault: AmountFault };

/**
 * Reads what a cashier typed, pasted or scanned as whole rupiah. `12.500` and `Rp 12.500` are the
 * Indonesian way to write 12500, so dots in groups of three are understood; any other mark (a comma,
 * a sign, `12.5`) is refused rather than guessed at.
 */
export function parseAmount(text: string): ParsedAmount {
  const bare = text
    .trim()
    .replace(/^rp\.?\s*/i, '')
    .trim();
  if (bare === '') return { ok: false, fault: 'amountMissing' };
  const digits = /^\d{1,3}(\.\d{3})+$/.test(bare) ? bare.replaceAll('.', '') : bare;
  if (!/^\d+$/.test(digits)) return { ok: false, fault: 'amountNotANumber' };
  const significant = digits.replace(/^0+/, '');
  if (significant === '') return { ok: false, fault: 'amountZero' };
  if (significant.length > 12) return { ok: false, fault: 'amountTooLarge' };
  // One to twelve digits that do not begin with 0: what the schema asks for.
  return { ok: true, value: Number(significant) as Rupiah };
}

/** `12500` → `Rp 12.500`, with a no-break space, in both languages. */
export function formatRupiah(amount: number): string {
  return `Rp\u00a0${groupDigits(String(amount))}`;
}

/** `12500` → `12.500`: the digits of an amount in Indonesian groups of three. */
export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
}
