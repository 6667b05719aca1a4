import type { Mono } from '../../shared/time.ts';
import type { Believed, Flight, PaymentRules } from './types.ts';

/** "Not found" and declines are final only in a check sent when no push can still come to life (12). */
export function isFinal(state: { t0: Mono; rules: PaymentRules }, check: Flight): boolean {
  return check.sentAt >= state.t0 + state.rules.notFoundFinalAfterMs;
}

/** An approval is ours beyond doubt: all particulars named, none of its marks in our books (12a). */
export function isOurs(answer: Believed): boolean {
  const { invoice, amount, phone } = answer.names;
  return invoice && amount && phone && !answer.seenBefore;
}

/** Whether an approval stands once it came by a check, or too late on the push's own socket (12). */
export function approvalStands(state: { replaced: boolean; rules: PaymentRules }): boolean {
  const { onApproved, onApprovedLate } = state.rules.statusCheck;
  return (state.replaced ? onApprovedLate : onApproved) === 'accept';
}
