import { AppKey } from '../ovo/app-key.ts';
import type { Profile } from './fields.ts';

/** Production needs the store that keeps the app key encrypted, and this version has none yet. */
export class CredentialStoreMissing extends Error {
  override name = 'CredentialStoreMissing';
  constructor() {
    super(
      'production needs the credential store, which this version does not have: ' +
        'GERAI_APP_KEY serves training and staging only',
    );
  }
}

/** Staging was asked for and no app key is there. */
export class AppKeyMissing extends Error {
  override name = 'AppKeyMissing';
  constructor() {
    super('staging needs the app key in GERAI_APP_KEY');
  }
}

/**
 * The app key of a terminal (rules 25, 27). Training has its public key unless `GERAI_APP_KEY` names
 * another; staging takes it from there; production refuses, whatever the environment holds, because
 * a key in an environment variable is readable to every program of the same person.
 * @throws CredentialStoreMissing, AppKeyMissing, AppKeyInvalid; no message holds the key.
 */
export function appKeyFor(
  environment: Profile['environment'],
  variables: Readonly<Record<string, string | undefined>>,
  trainingKey: string,
): AppKey {
  if (environment === 'production') throw new CredentialStoreMissing();
  // What a copied line brings along at its ends is not part of the key.
  const given = variables.GERAI_APP_KEY?.trim() ?? '';
  if (given !== '') return new AppKey(given);
  if (environment === 'staging') throw new AppKeyMissing();
  return new AppKey(trainingKey);
}
