import type { z } from 'zod';

/** The type that `Phone` in phone.ts parses to; here without zod, so that the page stays small. */
type Phone = string & z.core.$brand<'Phone'>;

export type PhoneFault =
  | 'phoneMissing'
  | 'phoneNotDigits'
  | 'phoneNotMobile'
  | 'phoneTooShort'
  | 'phoneTooLong'
  | 'phoneForeign';
export type ParsedPhone = { ok: true; value: Phone } | { ok: false; fault: PhoneFault };

/**
 * Reads a phone number as typed, pasted or scanned; `62…` and `+62…` become `0…`, spaces, dots,
 * dashes and brackets are passed over (rule 8).
 */
export function parsePhone(text: string): ParsedPhone {
  const bare = text.replace(/[\s().\u00a0-]/g, '');
  if (bare === '') return { ok: false, fault: 'phoneMissing' };
  if (!/^\+?\d+$/.test(bare)) return { ok: false, fault: 'phoneNotDigits' };
  if (bare.startsWith('+') && !bare.startsWith('+62')) return { ok: false, fault: 'phoneForeign' };
  const local = bare.replace(/^\+?620?/, '0');
  if (!local.startsWith('08')) {
    // A local number that is merely unfinished ("0") is short, not wrong.
    return { ok: false, fault: local === '0' ? 'phoneTooShort' : 'phoneNotMobile' };
  }
  if (local.length < 10) return { ok: false, fault: 'phoneTooShort' };
  if (local.length > 13) return { ok: false, fault: 'phoneTooLong' };
  // `08` and eight to eleven digits more: what the schema asks for.
  return { ok: true, value: local as Phone };
}

/** `081234567890` → `0812-3456-7890`. */
export function formatPhone(phone: string): string {
  return phone.replace(/^(\d{4})(\d{1,4})?(\d{1,5})?$/, (_all, a: string, b?: string, c?: string) =>
    [a, b, c].filter(Boolean).join('-'),
  );
}

/** `081234567890` → `0812-••••-7890`: for screens and logs; the middle digits are the customer's. */
export function maskPhone(phone: string): string {
  return `${phone.slice(0, 4)}-••••-${phone.slice(-4)}`;
}
