import { z } from 'zod';
import { Rupiah } from '../../shared/money.ts';
import { limits } from '../payment/limits.ts';
import { tidLengthMax } from '../store/numbering.ts';

/**
 * The settings of the terminal's profile, `terminal.json`: who the till is to OVO and how it
 * behaves. Where OVO's public material leaves something open, it is a setting here; its default is
 * what most working integrations do, and OVO's acceptance test (UAT) decides.
 */

/** The longest wait for a final "not found", in seconds. Longer is a slip: it closes the evening. */
const notFoundFinalAfterMax = 3_600;

const text = (pattern: RegExp, problem: string) => z.string().regex(pattern, { error: problem });

/** An `http` or `https` address and nothing secret in it: this file is not a place for passwords. */
function isBareAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password, href } = new URL(value);
  return /^https?:$/.test(protocol) && `${username}${password}` === '' && !/[?#]/.test(href);
}

/** The words that may stand in the place of a proxy's address. */
const proxyWords = ['system', 'none'];

const isProxy = (value: string): boolean =>
  proxyWords.includes(value) || (isBareAddress(value) && new URL(value).pathname === '/');

const StatusCheck = z.strictObject({
  enabled: z.boolean().default(true),
  onApproved: z.enum(['accept', 'reverse']).default('accept'),
  /** Once the cashier has taken another payment for the sale. */
  onApprovedLate: z.enum(['accept', 'reverse']).default('reverse'),
});

export const ProfileFile = z.strictObject({
  /** Staging and production are two worlds, training is a third: nothing is shared (rule 27). */
  environment: z.enum(['training', 'staging', 'production']),
  /** Where `/pos` is appended: OVO's gateway, or a relay of the merchant's own (rule 26). */
  baseUrl: z
    .string()
    .refine(isBareAddress, {
      error: 'must be an address such as https://app.byte-stack.net, without user, query or #',
    })
    .transform((value) => new URL(value).href.replace(/\/+$/, '')),

  appId: text(/^[\x21-\x7e]{1,64}$/, 'must be 1 to 64 printable characters without spaces'),
  merchantId: text(/^[A-Za-z0-9_-]{1,32}$/, 'must be 1 to 32 letters and digits'),
  storeCode: text(/^[A-Za-z0-9_.-]{1,32}$/, 'must be 1 to 32 letters and digits'),
  tid: text(
    new RegExp(`^[A-Z0-9]{1,${tidLengthMax}}$`),
    `must be 1 to ${tidLengthMax} of A–Z and 0–9: it becomes part of every invoice`,
  ),
  mid: text(/^[A-Za-z0-9]{1,32}$/, 'must be 1 to 32 letters and digits'),

  /** What the signature covers. OVO's document and its own test vector differ; UAT decides. */
  signature: z.enum(['app-id+random', 'app-id+random+body']).default('app-id+random'),
  /** How batches are counted (rule 3). */
  numbering: z.enum(['date', 'sequence']).default('date'),
  /** How batch and reference are written: "1" and "000001" may be two keys to OVO. UAT decides. */
  numberFormat: z.enum(['unpadded-text', 'padded-text', 'number']).default('unpadded-text'),
  /** The `date` of a status check: the payment's own, as OVO says, or the present. UAT decides. */
  statusDate: z.enum(['original', 'now']).default('original'),

  /** Ask OVO about the phone number first (rule 8). */
  phoneCheck: z.boolean().default(true),
  /** The automatic status check (rule 12). */
  statusCheck: StatusCheck.prefault({}),
  /** Treat the first "not found" as no answer, and reverse (rule 12). */
  reverseOnNotFound: z.boolean().default(false),
  /** Seconds after t = 0 from which "not found" is final (rule 12). */
  notFoundFinalAfter: z
    .number()
    .int()
    .min(limits.notFoundFinalAfterMs / 1_000)
    .max(notFoundFinalAfterMax)
    .default(limits.notFoundFinalAfterMs / 1_000),
  /** Jakarta time from which no new payment is taken; can only be earlier than usual (rule 17). */
  midnightGuardFrom: text(
    /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
    'must be a time such as 23:56:00',
  ).optional(),

  /** The till's own bounds for one payment, in rupiah. */
  minAmount: Rupiah.default(Rupiah.parse(1)),
  /**
   * Gateways to OVO take up to Rp 20.000.000, so a larger amount is almost surely a slip of the
   * finger. A merchant who may take more raises it.
   */
  maxAmount: Rupiah.default(Rupiah.parse(20_000_000)),
  language: z.enum(['en', 'id']).default('id'),
  /** The way out: `system` settings, `none`, or the address of a proxy. */
  proxy: z
    .string()
    .refine(isProxy, {
      error: 'must be system, none or an address such as http://proxy:3128, without user',
    })
    .default('system'),
});

/** Every setting there is, by where it stands. */
export const knownSettings = {
  '': Object.keys(ProfileFile.shape),
  statusCheck: Object.keys(StatusCheck.shape),
} as const;

/** The settings that take one of a few words or something else. */
export const wordChoices = { proxy: proxyWords } as const;

/** What is left out stays out: for looking at the fields that are right while others are not. */
export type ReadFields = Partial<z.infer<typeof ProfileFile>>;

/** A profile that has passed every check, all defaults filled in. */
export type Profile = Readonly<z.infer<typeof ProfileFile> & { midnightGuardFrom: string }>;
