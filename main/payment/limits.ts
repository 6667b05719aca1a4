import { invariant } from '../../shared/never.ts';

/**
 * The times of a payment, in milliseconds. Those of a payment's life count from t = 0, the moment
 * its Push to Pay is written to a connected socket; those of a day from Jakarta midnight.
 */
export const limits = {
  /** How long the customer is shown to have (OVO's guidance). */
  customerMs: 55_000,
  /** OVO's own session, counted from OVO's receipt of the push. */
  sessionMs: 60_000,
  /** The one automatic status check (rule 12). */
  checkAtMs: 62_000,
  /** The reversal, and the end of listening on the push's socket (rules 9, 13). */
  reversalAtMs: 65_000,
  /** The least age at which a check's "not found" or decline may be final (rule 12). */
  notFoundFinalAfterMs: 130_000,

  /** Name, connection and TLS together (rule 9a). */
  connectMs: 5_000,
  /** Each reversal, and each status check that is not bound by 65 s (rules 12, 13). */
  attemptMs: 15_000,
  phoneCheckMs: 10_000,
  /** An inconclusive phone check waits this long for the cashier to go on or stop. */
  phoneUncheckedMs: 120_000,
  /** Least distance of two status checks of one payment. */
  betweenChecksMs: 15_000,
  /** From a first paid payment to the check that proves our status checks find it (rule 12b). */
  proofAfterMs: 15_000,

  retryPauseMsMin: 1_000,
  retryPauseMsMax: 30_000,
  /** After this long without a settlement, pauses may grow up to `retryPauseLateMsMax`. */
  retryLateAfterMs: 600_000,
  retryPauseLateMsMax: 300_000,
  retriesBetweenChecks: 3,

  /** No reversal is begun from here on (rule 16). */
  cutOffBeginMs: ms('23:58:55'),
  /** A reversal whose connection is not up by here is dropped unsent. */
  cutOffConnectMs: ms('23:58:59'),
  /** OVO's cut-off: no byte of a reversal leaves from here on. */
  cutOffMs: ms('23:59:00'),
  /** New payments are refused from here, or earlier by setting (rule 17). */
  midnightGuardMs: ms('23:56:00'),
  /** The last moment for the final "not found" check, which the guard keeps room for. */
  lastFinalCheckMs: ms('23:58:10'),

  /** A paid payment to the same phone and amount this recently asks the cashier once more (rule 8a). */
  repeatMs: 120_000,
  /** A timer later than this, or clocks this far apart, count as a resume from sleep (rule 22). */
  resumeMs: 5_000,
} as const;

function ms(clock: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}

// The constants must fit each other; a wrong edit stops the program at its start.
invariant(
  limits.customerMs < limits.sessionMs,
  'rule 9: 55 s for the customer end before the session',
);
invariant(limits.sessionMs < limits.checkAtMs, 'rule 12: the check follows the session');
invariant(limits.checkAtMs < limits.reversalAtMs, 'rule 12: the check precedes the reversal');
invariant(
  limits.notFoundFinalAfterMs >= limits.reversalAtMs + limits.sessionMs + limits.connectMs,
  'rule 12: a push received at 65 s has ended its session before "not found" is final',
);
invariant(
  limits.midnightGuardMs + limits.notFoundFinalAfterMs <= limits.lastFinalCheckMs,
  'rule 17: the final check of the last payment fits before the cut-off',
);
invariant(
  limits.lastFinalCheckMs + limits.attemptMs < limits.cutOffBeginMs,
  'rule 17: a reversal still fits after the final check',
);
invariant(
  limits.cutOffBeginMs < limits.cutOffConnectMs && limits.cutOffConnectMs < limits.cutOffMs,
  'rule 16: begin, connect, cut-off',
);
