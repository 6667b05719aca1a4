import { limits } from '../payment/limits.ts';
import { isLoopback } from '../platform/loopback.ts';
import type { Fault } from './faults.ts';
import type { ReadFields } from './fields.ts';

/** What must hold between settings that are each right by themselves. */
export function crossFaults(fields: ReadFields): readonly Fault[] {
  return [...addressFaults(fields), ...otherFaults(fields)];
}

function addressFaults({ environment, baseUrl }: ReadFields): readonly Fault[] {
  if (baseUrl === undefined) return [];
  const loopback = isLoopback(baseUrl);
  const encrypted = baseUrl.startsWith('https:');
  if (environment === 'training' && !loopback) {
    // Training must not be able to reach anybody's money.
    return [{ path: 'baseUrl', problem: 'must be this machine (127.0.0.1) in training' }];
  }
  if (!encrypted && !loopback) {
    return [{ path: 'baseUrl', problem: 'must begin with https: payments do not travel in clear' }];
  }
  if (!encrypted && environment === 'production') {
    return [
      { path: 'baseUrl', problem: 'must begin with https in production, on this machine too' },
    ];
  }
  return [];
}

function otherFaults(fields: ReadFields): readonly Fault[] {
  const faults: Fault[] = [];
  if (fields.numberFormat === 'number' && fields.numbering === 'date') {
    faults.push({
      path: 'numberFormat',
      problem: 'number would lose the leading zero of ddmmyy: use text, or sequence numbering',
    });
  }
  const { midnightGuardFrom: guard, notFoundFinalAfter } = fields;
  if (guard !== undefined) {
    // Where the wait is wrong itself, the shortest one stands in: what is too late then is so for each.
    const latest = latestGuardMs(notFoundFinalAfter ?? limits.notFoundFinalAfterMs / 1_000);
    const problem = guardFault(msOfClock(guard), latest);
    if (problem !== null) faults.push({ path: 'midnightGuardFrom', problem });
  }
  const { minAmount, maxAmount } = fields;
  if (minAmount !== undefined && maxAmount !== undefined && minAmount > maxAmount) {
    faults.push({ path: 'maxAmount', problem: `must not be below minAmount (${minAmount})` });
  }
  return faults;
}

/**
 * The till sells from midnight to the guard, so an early one closes the shop for the rest of the day.
 * Nobody needs one before noon, and what is commonly meant by it is another thing: midnight written as
 * 00:00:00, or 11:56:00 for 11:56 at night.
 */
const earliestGuardMs = msOfClock('12:00:00');

function guardFault(guardMs: number, latestMs: number): string | null {
  if (guardMs > latestMs) return `must be ${clockOfMs(latestMs)} or earlier`;
  if (guardMs >= earliestGuardMs) return null;
  const earliest = clockOfMs(earliestGuardMs);
  return `must be ${earliest} or later: from then until midnight no payment is taken`;
}

/**
 * The latest that the midnight guard may begin, in milliseconds into the Jakarta day: so that the
 * last payment's final "not found" still leaves room for a reversal (rule 17).
 */
export function latestGuardMs(notFoundFinalAfterS: number): number {
  return Math.min(limits.midnightGuardMs, limits.lastFinalCheckMs - notFoundFinalAfterS * 1_000);
}

/** `23:56:00` → milliseconds into the day. */
export function msOfClock(clock: string): number {
  return clock.split(':').reduce((sum, part) => sum * 60 + Number(part), 0) * 1_000;
}

/** Milliseconds into the day → `23:56:00`. */
export function clockOfMs(ms: number): string {
  return new Date(ms).toISOString().slice(11, 19);
}
