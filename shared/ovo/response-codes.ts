/**
 * What each OVO response code means and what the till may conclude from it: one line a code.
 *
 * `push` is the conclusion when the code answers a Push to Pay, `check` when it answers a status
 * check, `reversal` when it answers a reversal (rules 11–13). A code that is not listed here is in
 * doubt wherever it appears; it is never a decline.
 */

/** Where a meaning comes from: OVO's own guidance, or integrations that agree with each other. */
type Source = 'ovo' | 'field';

/** What a code concludes as the answer to a Push to Pay. */
export type PushConclusion =
  | 'charged'
  | 'notCharged'
  | 'reversed'
  | 'inDoubt'
  /** Our numbers may belong to an earlier payment: in doubt, and reversed only with care (rule 12a). */
  | 'contested';

/** What a code concludes as the answer to a status check of a payment. */
export type CheckConclusion =
  | 'charged'
  | 'notFound'
  | 'reversed'
  /** OVO asks for a reversal at 65 s. */
  | 'reverse'
  /** A decline: final only when the check was sent late enough (rules 12, 13). */
  | 'declined'
  | 'noAnswer'
  /** As no answer, and the manager hears that the terminal is set up wrongly. */
  | 'misconfigured';

/** What a code concludes as the answer to a reversal. */
export type ReversalConclusion = 'reversed' | 'goOn' | 'misconfigured';

export interface ResponseCode {
  readonly meaning: string;
  readonly push: PushConclusion;
  readonly check: CheckConclusion;
  readonly reversal: ReversalConclusion;
  /** The catalogue key of the sentence a cashier reads. */
  readonly words: ReasonWords;
  readonly source: Source;
}

/** Catalogue keys for why a payment ended, or is in doubt. */
export type ReasonWords =
  | 'paid'
  | 'amountNotAccepted'
  | 'phoneNotRegistered'
  | 'phoneNotRegisteredInCheck'
  | 'canceledByUser'
  | 'notFound'
  | 'pushFailed'
  | 'beingChecked'
  | 'tooOldToCheck'
  | 'accountBlocked'
  | 'notAllowedForMerchant'
  | 'overCustomerLimit'
  | 'authenticationFailed'
  | 'limitExceeded'
  | 'belowMinimum'
  | 'wasReversed'
  | 'terminalSetUpWrongly'
  | 'terminalNotRegistered'
  | 'timeout'
  | 'noConnection'
  | 'midnightGuard'
  | 'numbersExhausted'
  | 'cancelledByCashier'
  | 'stoppedBeforeSending';

const decline = { push: 'notCharged', check: 'declined', reversal: 'goOn' } as const;
const doubt = { push: 'inDoubt', check: 'noAnswer', reversal: 'goOn' } as const;
const misconfigured = {
  push: 'notCharged',
  check: 'misconfigured',
  reversal: 'misconfigured',
} as const;

// biome-ignore format: one line a code, so that "what does 68 mean?" is answered by one line
const table = {
  '00': { meaning: 'approved',                               push: 'charged',    check: 'charged',  reversal: 'reversed', words: 'paid',                  source: 'ovo' },
  '13': { meaning: 'invalid amount',                         ...decline,                                                  words: 'amountNotAccepted',     source: 'field' },
  '14': { meaning: 'phone or OVO ID not found',              ...decline,                                                  words: 'phoneNotRegistered',    source: 'ovo' },
  '16': { meaning: 'older lists only',                       ...doubt,                                                    words: 'beingChecked',          source: 'field' },
  '17': { meaning: 'declined by the customer',               ...decline,                                                  words: 'canceledByUser',        source: 'ovo' },
  '25': { meaning: 'transaction not found',                  push: 'notCharged', check: 'notFound', reversal: 'goOn',     words: 'notFound',              source: 'ovo' },
  '26': { meaning: 'push notification failed',               ...decline,                                                  words: 'pushFailed',            source: 'ovo' },
  '30': { meaning: 'older lists only: format error',         ...doubt,                                                    words: 'beingChecked',          source: 'field' },
  '40': { meaning: 'failed; older lists: keys already used', push: 'contested',  check: 'reverse',  reversal: 'goOn',     words: 'beingChecked',          source: 'ovo' },
  '51': { meaning: 'older lists only: insufficient funds',   ...doubt,                                                    words: 'beingChecked',          source: 'field' },
  '54': { meaning: 'older than seven days',                  push: 'inDoubt', check: 'misconfigured', reversal: 'misconfigured', words: 'tooOldToCheck',   source: 'field' },
  '56': { meaning: 'card blocked',                           ...decline,                                                  words: 'accountBlocked',        source: 'field' },
  '58': { meaning: 'not allowed: module not registered',     push: 'notCharged', check: 'reverse',  reversal: 'goOn',     words: 'notAllowedForMerchant', source: 'ovo' },
  '61': { meaning: 'over the customer\'s limit',             ...decline,                                                  words: 'overCustomerLimit',     source: 'field' },
  '63': { meaning: 'authentication failed',                  ...decline,                                                  words: 'authenticationFailed',  source: 'field' },
  '64': { meaning: 'account blocked',                        ...decline,                                                  words: 'accountBlocked',        source: 'field' },
  '65': { meaning: 'limit on count or amount exceeded',      ...decline,                                                  words: 'limitExceeded',         source: 'field' },
  '67': { meaning: 'below the minimum',                      ...decline,                                                  words: 'belowMinimum',          source: 'field' },
  '68': { meaning: 'pending: the wallet is late to answer',  ...doubt,                                                    words: 'beingChecked',          source: 'field' },
  '73': { meaning: 'already reversed',                       push: 'reversed',   check: 'reversed', reversal: 'reversed', words: 'wasReversed',           source: 'field' },
  '94': { meaning: 'duplicate invoice or reference',         push: 'contested',  check: 'noAnswer', reversal: 'goOn',     words: 'beingChecked',          source: 'field' },
  '96': { meaning: 'invalid processing code',                ...misconfigured,                                            words: 'terminalSetUpWrongly',  source: 'field' },
  BR:   { meaning: 'bad request',                            ...misconfigured,                                            words: 'terminalSetUpWrongly',  source: 'field' },
  EB:   { meaning: 'terminal blocked: tid or mid unknown',   ...misconfigured,                                            words: 'terminalNotRegistered', source: 'field' },
  ER:   { meaning: 'system failure, or credentials unknown', ...doubt,                                                    words: 'beingChecked',          source: 'field' },
} as const satisfies Record<string, ResponseCode>;

const unlisted: ResponseCode = {
  meaning: 'not listed',
  ...doubt,
  words: 'beingChecked',
  source: 'field',
};

export const responseCodes: Readonly<Record<string, ResponseCode>> = table;

/** The table's line for a code, or the line of an unlisted code, which is in doubt everywhere. */
export function responseCode(code: string): ResponseCode {
  return Object.hasOwn(table, code) ? table[code as keyof typeof table] : unlisted;
}

export function isListed(code: string): boolean {
  return Object.hasOwn(table, code);
}
