import { z } from 'zod';

/** An amount of money: whole rupiah, at least 1, at most twelve digits. OVO takes no decimals. */
export const Rupiah = z.number().int().min(1).max(999_999_999_999).brand<'Rupiah'>();
export type Rupiah = z.infer<typeof Rupiah>;

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
  return { ok: true, value: Rupiah.parse(Number(significant)) };
}

/** `12500` → `Rp 12.500`, with a no-break space, in both languages. */
export function formatRupiah(amount: number): string {
  return `Rp\u00a0${groupDigits(String(amount))}`;
}

/** `12500` → `12.500`: the digits of an amount in Indonesian groups of three. */
export function groupDigits(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
}
