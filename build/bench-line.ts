import { z } from 'zod';

/** One line of `npm run bench`: a figure beside its bare counterpart. */
export const BenchLine = z.strictObject({
  line: z.string(),
  value: z.number(),
  unit: z.string(),
  /** The bare counterpart's figure, in the same unit; null where there is none. */
  against: z.number().nullable(),
  /** value ÷ against. */
  ratio: z.number().nullable(),
  /** The aim in words, "≤ 1.25 ×". */
  aim: z.string(),
  /** Whether the aim is met; null where there is none. */
  met: z.boolean().nullable(),
});
export type BenchLine = z.infer<typeof BenchLine>;
