import { describe, expect, test } from 'vitest';
import { trainingIdentity } from '../training/identity.ts';
import {
  identityOf,
  numberingOf,
  paymentRulesOf,
  settingsFingerprint,
  terminalKeyOf,
} from './derive.ts';
import { parseProfile } from './profile.ts';
import { trainingProfile } from './training.ts';

const content = {
  environment: 'staging',
  baseUrl: 'https://app.byte-stack.net',
  appId: 'gerai-app',
  merchantId: '000001',
  storeCode: 'STORE042',
  tid: '10000042',
  mid: '100000000000042',
};
const profile = parseProfile(content);

test('who the terminal is, and whose counters these are (rule 5)', () => {
  const { environment, baseUrl, ...identity } = content;
  expect(baseUrl).toBe(profile.baseUrl);
  expect(identityOf(profile)).toEqual(identity);
  expect(terminalKeyOf(profile)).toEqual({ environment, merchantId: '000001', tid: '10000042' });
  expect(numberingOf(profile)).toEqual({ numbering: 'date', numberFormat: 'unpadded-text' });
});

test('rules 12 and 17: seconds and clock times become milliseconds', () => {
  expect(paymentRulesOf(profile)).toEqual({
    phoneCheck: true,
    statusCheck: { enabled: true, onApproved: 'accept', onApprovedLate: 'reverse' },
    reverseOnNotFound: false,
    notFoundFinalAfterMs: 130_000,
    midnightGuardMs: (23 * 60 + 56) * 60 * 1_000,
  });
});

describe('rule 12b: the fingerprint of the settings', () => {
  const fingerprint = (more: object) => settingsFingerprint(parseProfile({ ...content, ...more }));

  test('is the same for the same settings, and a sha256', () => {
    expect(fingerprint({})).toMatch(/^[0-9a-f]{64}$/);
    expect(fingerprint({})).toBe(fingerprint({ baseUrl: 'https://APP.byte-stack.net/' }));
  });

  test.each([
    { environment: 'production' },
    { baseUrl: 'https://relay.example.com' },
    { appId: 'other' },
    { merchantId: '000002' },
    { storeCode: 'STORE043' },
    { tid: '10000043' },
    { mid: '100000000000043' },
    { signature: 'app-id+random+body' },
    { numbering: 'sequence' },
    { numberFormat: 'padded-text' },
    { statusDate: 'now' },
  ])('changes with %o', (more) => {
    expect(fingerprint(more)).not.toBe(fingerprint({}));
  });

  test.each([
    { phoneCheck: false },
    { language: 'en' },
    { maxAmount: 5_000 },
    { proxy: 'none' },
    { notFoundFinalAfter: 200 },
  ])('does not change with %o', (more) => {
    expect(fingerprint(more)).toBe(fingerprint({}));
  });

  test('does not change with the port of the training simulator', () => {
    const at = (port: number) =>
      settingsFingerprint(trainingProfile(trainingIdentity, `http://127.0.0.1:${port}`));
    expect(at(4000)).toBe(at(4001));
  });

  test('does not let two settings run into each other', () => {
    expect(fingerprint({ merchantId: '00', storeCode: '1X' })).not.toBe(
      fingerprint({ merchantId: '001', storeCode: 'X' }),
    );
  });
});
