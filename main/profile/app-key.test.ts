import { describe, expect, test } from 'vitest';
import { AppKeyInvalid } from '../ovo/app-key.ts';
import { AppKeyMissing, appKeyFor, CredentialStoreMissing } from './app-key.ts';

const GERAI_APP_KEY = 'a-key-for-staging';

describe('the app key', () => {
  test('in training is the public one, unless another is named', () => {
    expect(appKeyFor('training', {}, 'public').use()).toBe('public');
    expect(appKeyFor('training', { GERAI_APP_KEY: '' }, 'public').use()).toBe('public');
    expect(appKeyFor('training', { GERAI_APP_KEY }, 'public').use()).toBe(GERAI_APP_KEY);
  });

  test('in staging comes from GERAI_APP_KEY, and never is the public one', () => {
    expect(appKeyFor('staging', { GERAI_APP_KEY }, 'public').use()).toBe(GERAI_APP_KEY);
    expect(appKeyFor('staging', { GERAI_APP_KEY: `${GERAI_APP_KEY}\r\n` }, 'public').use()).toBe(
      GERAI_APP_KEY,
    );
    for (const empty of [undefined, '', '  ']) {
      expect(() => appKeyFor('staging', { GERAI_APP_KEY: empty }, 'public')).toThrow(AppKeyMissing);
    }
  });

  test('rule 25: production refuses to start without the credential store', () => {
    expect(() => appKeyFor('production', {}, 'public')).toThrow(CredentialStoreMissing);
    expect(() => appKeyFor('production', { GERAI_APP_KEY }, 'public')).toThrow(
      CredentialStoreMissing,
    );
  });

  test('one that cannot be a key is refused without being repeated', () => {
    const bad = { GERAI_APP_KEY: 'two words' };
    expect(() => appKeyFor('staging', bad, 'public')).toThrow(AppKeyInvalid);
    expect(() => appKeyFor('staging', bad, 'public')).not.toThrow('two words');
  });
});
