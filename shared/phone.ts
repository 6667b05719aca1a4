import { z } from 'zod';

/** An Indonesian mobile number as OVO knows it: `08`, then 8 to 11 more digits. */
export const Phone = z
  .string()
  .regex(/^08\d{8,11}$/)
  .brand<'Phone'>();
export type Phone = z.infer<typeof Phone>;

// How numbers are read and written by people, kept in a file of its own that needs no zod.
export type { ParsedPhone, PhoneFault } from './phone-text.ts';
export { formatPhone, maskPhone, parsePhone } from './phone-text.ts';
