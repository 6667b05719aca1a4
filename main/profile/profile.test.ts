import { describe, expect, test } from 'vitest';
import { checkNumbering, tidLengthMax } from '../store/numbering.ts';
import { ProfileInvalid, parseProfile } from './profile.ts';

const staging = {
  environment: 'staging',
  baseUrl: 'https://app.byte-stack.net',
  appId: 'gerai-app',
  merchantId: '000001',
  storeCode: 'STORE042',
  tid: '10000042',
  mid: '100000000000042',
};

/** Every fault of a profile as `path: problem`. */
function faults(content: unknown): readonly string[] {
  try {
    parseProfile(content);
  } catch (error) {
    if (error instanceof ProfileInvalid) {
      for (const { path, problem } of error.faults) {
        expect(error.message).toContain(path);
        expect(error.message).toContain(problem);
      }
      return error.faults.map(({ path, problem }) => `${path}: ${problem}`);
    }
    throw error;
  }
  return [];
}

const change = (more: object): string[] => [...faults({ ...staging, ...more })];

describe('a good profile', () => {
  test('needs only who the terminal is; the rest has defaults', () => {
    expect(parseProfile(staging)).toEqual({
      ...staging,
      signature: 'app-id+random',
      numbering: 'date',
      numberFormat: 'unpadded-text',
      statusDate: 'original',
      phoneCheck: true,
      statusCheck: { enabled: true, onApproved: 'accept', onApprovedLate: 'reverse' },
      reverseOnNotFound: false,
      notFoundFinalAfter: 130,
      midnightGuardFrom: '23:56:00',
      minAmount: 1,
      maxAmount: 20_000_000,
      language: 'id',
      proxy: 'system',
    });
  });

  test('keeps every setting that is given', () => {
    const full = {
      ...staging,
      signature: 'app-id+random+body',
      numbering: 'sequence',
      numberFormat: 'number',
      statusDate: 'now',
      phoneCheck: false,
      statusCheck: { enabled: false, onApproved: 'reverse', onApprovedLate: 'accept' },
      reverseOnNotFound: true,
      notFoundFinalAfter: 300,
      midnightGuardFrom: '23:00:00',
      minAmount: 1_000,
      maxAmount: 2_000_000,
      language: 'en',
      proxy: 'http://proxy.local:3128',
    };
    expect(parseProfile(full)).toEqual(full);
  });

  test('a part of statusCheck leaves the rest of it at its defaults', () => {
    expect(
      parseProfile({ ...staging, statusCheck: { onApproved: 'reverse' } }).statusCheck,
    ).toEqual({ enabled: true, onApproved: 'reverse', onApprovedLate: 'reverse' });
  });

  test.each([
    ['https://relay.example.com/ovo/', 'https://relay.example.com/ovo'],
    ['https://APIGW.ovo.id:443', 'https://apigw.ovo.id'],
    [' https://apigw.ovo.id ', 'https://apigw.ovo.id'],
  ])('the address %s is kept as %s', (given, kept) => {
    expect(parseProfile({ ...staging, baseUrl: given }).baseUrl).toBe(kept);
  });

  test('what was written is read again as the same', () => {
    const profile = parseProfile(staging);
    expect(parseProfile(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  });
});

describe('a bad profile names', () => {
  test('all that is missing', () => {
    expect(faults({})).toEqual(Object.keys(staging).map((name) => `${name}: is missing`));
  });

  test.each([[null], [[]], ['text'], [7]])('the whole file, if it is %s', (content) => {
    expect(faults(content)).toEqual([expect.stringMatching(/^: must be an object/)]);
  });

  test('each wrong type, and what it is instead', () => {
    expect(
      change({
        merchantId: 1,
        phoneCheck: 'true',
        notFoundFinalAfter: '130',
        tid: null,
        statusCheck: [],
        maxAmount: 0.5,
      }).sort(),
    ).toEqual([
      'maxAmount: must be a whole number, not a fraction',
      'merchantId: must be text in double quotes, not a number',
      'notFoundFinalAfter: must be a number without quotes, not text',
      'phoneCheck: must be true or false without quotes, not text',
      'statusCheck: must be an object in { }, not a list',
      'tid: must be text in double quotes, not null',
    ]);
  });

  test('each unknown key, and what was meant', () => {
    const content: unknown = {
      ...staging,
      Tid: 'X',
      statusCheck: { onAproved: 'accept', language: 'en' },
      base_url: 'x',
      enabled: true,
      foo: 1,
    };
    expect([...faults(content)].sort()).toEqual([
      'Tid: is not a setting; did you mean tid?',
      'base_url: is not a setting; did you mean baseUrl?',
      'enabled: is not a setting here; it stands inside statusCheck',
      'foo: is not a setting',
      'statusCheck.language: is not a setting here; it stands at the top',
      'statusCheck.onAproved: is not a setting; did you mean onApproved?',
    ]);
  });

  test('a key that tries to be the prototype', () => {
    const content: unknown = JSON.parse(
      JSON.stringify(staging).replace('{', '{"__proto__":{"phoneCheck":false},'),
    );
    expect(faults(content)).toEqual(['__proto__: is not a setting']);
  });

  test('rule 25: an app key, without repeating it', () => {
    expect(change({ appKey: 'very-secret' })).toEqual([
      'appKey: does not belong here: no secret is kept in this file',
    ]);
  });

  test('choices that do not exist, those that do, and what was meant', () => {
    expect(
      change({
        environment: 'prod',
        numbering: 'daily',
        numberFormat: 'unpaded-text',
        statusCheck: { onApproved: 'Reverse' },
        proxy: 'sytem',
      }),
    ).toEqual([
      'environment: must be one of training, staging, production; did you mean "production"?',
      'numbering: must be one of date, sequence',
      'numberFormat: must be one of unpadded-text, padded-text, number; did you mean "unpadded-text"?',
      'statusCheck.onApproved: must be one of accept, reverse; did you mean "reverse"?',
      expect.stringMatching(/^proxy: must be system, none or .*; did you mean "system"\?$/),
    ]);
  });

  test('rule 25: no value, which may be a secret in the wrong place', () => {
    const secret = 'very-secret';
    const content: unknown = { ...staging, signature: secret, numbering: secret, proxy: secret };
    expect(faults(content)).toHaveLength(3);
    expect(() => parseProfile(content)).not.toThrow(secret);
  });

  test.each([
    ['appId', 'with space'],
    ['appId', ''],
    ['merchantId', '00/01'],
    ['storeCode', 'STORE 42'],
    ['tid', 'lower1'],
    ['tid', 'A-B'],
    ['tid', 'A'.repeat(tidLengthMax + 1)],
    ['mid', '1 2'],
    ['baseUrl', 'app.byte-stack.net'],
    ['baseUrl', 'ftp://app.byte-stack.net'],
    ['baseUrl', 'https://user:pw@app.byte-stack.net'],
    ['baseUrl', 'https://app.byte-stack.net/?a=1'],
    ['baseUrl', 'https://app.byte-stack.net/?'],
    ['baseUrl', 'https://app.byte-stack.net/#'],
    ['midnightGuardFrom', '23:56'],
    ['midnightGuardFrom', '24:00:00'],
    ['proxy', 'socks5://proxy:1080'],
    ['proxy', 'http://user:pw@proxy:3128'],
    ['proxy', 'proxy:3128'],
    ['proxy', ''],
    ['notFoundFinalAfter', 129],
    ['notFoundFinalAfter', 130.5],
    ['notFoundFinalAfter', 3_601],
    ['minAmount', 0],
    ['maxAmount', 1_000_000_000_000],
    ['language', 'su'],
  ])('the setting %s when it is %j', (name, value) => {
    const found = change({ [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name}: must be`));
  });

  test('rule 7a: the longest tid is the one that the numbers still have room for', () => {
    const tid = 'A'.repeat(tidLengthMax);
    expect(change({ tid })).toEqual([]);
    expect(() =>
      checkNumbering({ numbering: 'date', numberFormat: 'padded-text' }, tid),
    ).not.toThrow();
    expect(change({ tid: `${tid}A` })).toEqual([
      `tid: must be 1 to ${tidLengthMax} of A–Z and 0–9: it becomes part of every invoice`,
    ]);
  });
});

describe('settings that do not go together', () => {
  test('rule 3: number format in date mode loses the leading zero', () => {
    expect(change({ numberFormat: 'number' })).toEqual([
      expect.stringMatching(/^numberFormat: number would lose the leading zero/),
    ]);
    expect(change({ numberFormat: 'number', numbering: 'sequence' })).toEqual([]);
  });

  test.each([
    ['training', 'http://127.0.0.1:4000', null],
    ['training', 'http://localhost:4000', null],
    ['training', 'https://app.byte-stack.net', 'must be this machine'],
    ['training', 'http://10.0.0.5:4000', 'must be this machine'],
    ['staging', 'http://127.0.0.1:4000', null],
    ['staging', 'https://app.byte-stack.net', null],
    ['staging', 'http://app.byte-stack.net', 'must begin with https'],
    ['staging', 'http://127.0.0.1.example.com', 'must begin with https'],
    ['production', 'https://apigw.ovo.id', null],
    ['production', 'http://apigw.ovo.id', 'must begin with https'],
    ['production', 'http://127.0.0.1:4000', 'must begin with https'],
  ])('rules 26 and 27: %s at %s: %s', (environment, baseUrl, problem) => {
    const found = change({ environment, baseUrl });
    if (problem === null) expect(found).toEqual([]);
    else expect(found).toEqual([expect.stringContaining(`baseUrl: ${problem}`)]);
  });

  test('rule 17: the midnight guard can only be earlier', () => {
    expect(change({ midnightGuardFrom: '23:55:59' })).toEqual([]);
    expect(change({ midnightGuardFrom: '23:56:00' })).toEqual([]);
    expect(change({ midnightGuardFrom: '23:56:01' })).toEqual([
      'midnightGuardFrom: must be 23:56:00 or earlier',
    ]);
  });

  test('rule 17: a midnight guard that leaves no time to sell is a slip', () => {
    expect(change({ midnightGuardFrom: '12:00:00' })).toEqual([]);
    for (const midnightGuardFrom of ['00:00:00', '11:56:00', '11:59:59'])
      expect(change({ midnightGuardFrom })).toEqual([
        'midnightGuardFrom: must be 12:00:00 or later: from then until midnight no payment is taken',
      ]);
  });

  test.each([
    ['notFoundFinalAfter', { notFoundFinalAfter: 5, midnightGuardFrom: '23:59:00' }],
    ['notFoundFinalAfter', { notFoundFinalAfter: 'soon', midnightGuardFrom: '23:59:00' }],
    ['notFoundFinalAfter', { notFoundFinalAfter: '300', midnightGuardFrom: '23:55:00' }],
    ['minAmount', { minAmount: '5000', maxAmount: 4_000 }],
    ['minAmount', { minAmount: 5_000.5, maxAmount: 4_000 }],
    ['maxAmount', { minAmount: 5_000, maxAmount: '4000' }],
  ])('a fault in %s does not hide that another does not go with it', (name, settings) => {
    const found = change(settings).map((fault) => fault.split(':')[0]);
    expect(found).toEqual([name, expect.stringMatching(/^(midnightGuardFrom|maxAmount)$/)]);
  });

  test('rule 17: a longer wait for "not found" brings the guard forward', () => {
    expect(parseProfile({ ...staging, notFoundFinalAfter: 190 }).midnightGuardFrom).toBe(
      '23:55:00',
    );
    expect(change({ notFoundFinalAfter: 190, midnightGuardFrom: '23:55:30' })).toEqual([
      'midnightGuardFrom: must be 23:55:00 or earlier',
    ]);
  });

  test('a smallest amount above the largest', () => {
    expect(change({ minAmount: 5_000, maxAmount: 4_000 })).toEqual([
      'maxAmount: must not be below minAmount (5000)',
    ]);
    expect(change({ minAmount: 30_000_000 })).toHaveLength(1);
  });

  test('faults in one setting do not hide those between two others', () => {
    const found = change({
      tid: 'bad tid',
      appKey: 'x',
      numberFormat: 'number',
      baseUrl: 'http://app.byte-stack.net',
    });
    expect(found.map((fault) => fault.split(':')[0]).sort()).toEqual([
      'appKey',
      'baseUrl',
      'numberFormat',
      'tid',
    ]);
  });

  test('a default does not stand in for a setting that is wrong itself', () => {
    expect(change({ numbering: 'daily', numberFormat: 'number' })).toHaveLength(1);
    expect(change({ maxAmount: 'all', minAmount: 30_000_000 })).toHaveLength(1);
  });
});
