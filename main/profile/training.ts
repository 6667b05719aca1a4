import type { TerminalIdentity } from '../ovo/types.ts';
import type { Profile } from './fields.ts';
import { parseProfile } from './profile.ts';

/**
 * The profile that a till without one sets up: training, against the simulator on this machine.
 * @param baseUrl the simulator's address, on loopback.
 */
export function trainingProfile(identity: TerminalIdentity, baseUrl: string): Profile {
  return parseProfile({
    environment: 'training',
    baseUrl,
    appId: identity.appId,
    merchantId: identity.merchantId,
    storeCode: identity.storeCode,
    tid: identity.tid,
    mid: identity.mid,
    language: 'en',
    // Loopback needs no way out, and a proxy would see training requests as OVO's.
    proxy: 'none',
  });
}
