import { createHash } from 'node:crypto';
import type { TerminalIdentity } from '../ovo/types.ts';
import type { PaymentRules } from '../payment/types.ts';
import type { NumberingSettings, TerminalKey } from '../store/types.ts';
import { msOfClock } from './cross-checks.ts';
import type { Profile } from './fields.ts';

/** Who the terminal is to OVO. */
export function identityOf(profile: Profile): TerminalIdentity {
  const { appId, merchantId, storeCode, tid, mid } = profile;
  return { appId, merchantId, storeCode, tid, mid };
}

/** The settings that a payment keeps from its beginning (rule 6), in the machine's milliseconds. */
export function paymentRulesOf(profile: Profile): PaymentRules {
  return {
    phoneCheck: profile.phoneCheck,
    statusCheck: { ...profile.statusCheck },
    reverseOnNotFound: profile.reverseOnNotFound,
    notFoundFinalAfterMs: profile.notFoundFinalAfter * 1_000,
    midnightGuardMs: msOfClock(profile.midnightGuardFrom),
  };
}

/** Whose counters these are (rule 5). */
export function terminalKeyOf(profile: Profile): TerminalKey {
  const { environment, merchantId, tid } = profile;
  return { environment, merchantId, tid };
}

/** How numbers are made and written (rules 2–4). */
export function numberingOf(profile: Profile): NumberingSettings {
  const { numbering, numberFormat } = profile;
  return { numbering, numberFormat };
}

/**
 * A fingerprint of all settings that decide whether OVO finds what a status check asks for. "Not
 * found" is believed only under the settings for which a check has found a paid payment (rule 12b),
 * so a change of any of these starts the proof again. 64 hex digits.
 *
 * In training the port is left out: the simulator may take another one with each start.
 */
export function settingsFingerprint(profile: Profile): string {
  const address = new URL(profile.baseUrl);
  if (profile.environment === 'training') address.port = '';
  const settings = [
    'settings 1',
    profile.environment,
    address.href,
    profile.appId,
    profile.merchantId,
    profile.storeCode,
    profile.tid,
    profile.mid,
    profile.signature,
    profile.numbering,
    profile.numberFormat,
    profile.statusDate,
  ];
  return createHash('sha256').update(JSON.stringify(settings)).digest('hex');
}
