import { describe, expect, test } from 'vitest';
import { AppKey } from '../ovo/app-key.ts';
import { scrub, scrubText } from './scrub.ts';

const key = 'a4f6bf89b2a85781b7c1cab997b7ee0c89be03f7ac6ef29b63a45d07253cc401';

describe('phone numbers', () => {
  test.each([
    '081234567890',
    '6281234567890',
    '+6281234567890',
    '+62 812-3456-7890',
    '0812-3456-7890',
    '0812 3456 7890',
    '62.812.3456.7890',
    '81234567890',
    '08123456789012345',
    '%2B6281234567890',
    'phone:081234567890,',
    'tel081234567890',
    '"phone":"081234567890"',
    'No customer 081234567890 at 17:34',
  ])('%s is masked', (text) => {
    const safe = scrubText(text);
    expect(safe.replace(/[^0-9]/g, '')).not.toMatch(/12345678|23456789|34567890/);
    expect(safe).toContain('••••');
  });

  test('a number that is a phone without its zero is masked too', () => {
    expect(scrub({ n: 81234567890, m: 6281234567890, big: 6281234567890n })).toEqual({
      n: '08••••7890',
      m: '08••••7890',
      big: '08••••7890',
    });
  });

  test.each([
    '2026-08-11T17:34:58.497+07:00',
    '2026-08-12 17:34:58.497',
    'batch 080821 reference 12',
    'batch 081126-12',
    'TRAIN001-261124081234-0123456789AB',
    'Rp 12.500',
    'mid 100000000000042',
    'http://127.0.0.1:8080/pos',
  ])('%s is left alone', (text) => {
    expect(scrubText(text)).toBe(text);
  });

  test('a phone number as the name of a fact is masked', () => {
    expect(scrub({ '081234567890': 1 })).toEqual({ '08••••7890': 1 });
  });

  test('instants, amounts and numbers stay numbers', () => {
    const facts = { at: 1_795_558_676_000, amount: 12_500, reference: 999_999, ms: 0.25 };
    expect(scrub(facts)).toEqual(facts);
  });
});

describe('secrets', () => {
  test.each(['appKey', 'app-key', 'APP_KEY', 'hmac', 'fullName', 'cashBalance', 'ovoid', 'PIN'])(
    'the fact %s is never written',
    (name) => {
      expect(scrub({ deep: { [name]: 'planted' } })).toEqual({ deep: { [name]: '[withheld]' } });
    },
  );

  test.each([
    '{"fullName":"Budi Planted, S.H.","amount":1}',
    JSON.stringify(JSON.stringify({ fullName: 'Budi "Planted"', a: 1 })),
    '{ "cashBalance" : "Planted" }',
    '{"ovoPointsBalance":"Planted"}',
    "{ fullName: 'Planted' }",
    JSON.stringify({ body: JSON.stringify({ fullName: 'Planted' }), hmac: 'Planted' }),
    '[["app-key","Planted"],["hmac", "Planted"]]',
    'hmac: Planted',
    'app-key=Planted; x',
    '{"fullName":"Planted',
    'Authorization: Basic Planted',
    `signed with ${key}`,
  ])('in the text %s it is taken out', (text) => {
    const safe = scrubText(text);
    expect(safe).toContain('[withheld]');
    expect(safe).not.toMatch(/Planted|a4f6bf89/);
  });

  test('a header as a pair keeps its name only', () => {
    expect(
      scrub({
        headers: [
          ['hmac', 'planted'],
          ['random', '1468914526'],
        ],
      }),
    ).toEqual({
      headers: [
        ['hmac', '[withheld]'],
        ['random', '1468914526'],
      ],
    });
  });

  test('what stands beside a secret in a text is kept', () => {
    expect(scrubText('{"hmac":"x","responseCode":"00"}')).toContain('"responseCode":"00"');
  });

  test('a hidden text is taken out wherever it stands', () => {
    const hidden = ['training-key-that-opens'];
    const facts = { a: 'x training-key-that-opens y', 'training-key-that-opens': [hidden[0]] };
    expect(JSON.stringify(scrub(facts, hidden))).not.toContain('training-key');
  });

  test('rule 25: the app key in its box stays there', () => {
    const safe = scrub({ box: new AppKey(key), list: [new AppKey(key)] });
    expect(JSON.stringify(safe)).not.toContain('a4f6');
  });
});

describe('what is not plain', () => {
  test('bytes are refused in every form', () => {
    const body = Buffer.from('{"fullName":"Planted"}');
    const safe = scrub({
      body,
      view: new Uint8Array(body),
      memory: new ArrayBuffer(8),
      json: body.toJSON(),
    });
    expect(safe).toEqual({
      body: '[22 bytes withheld]',
      view: '[22 bytes withheld]',
      memory: '[8 bytes withheld]',
      json: '[bytes withheld]',
    });
  });

  test('an error is its name and message, and nothing that hangs on it', () => {
    const error = Object.assign(new TypeError('no route to 081234567890'), {
      config: { headers: { hmac: 'planted' } },
      cause: new Error('planted'),
    });
    expect(scrub({ error })).toEqual({
      error: { name: 'TypeError', message: 'no route to 08••••7890' },
    });
  });

  test('depth, length and count are bounded, circles included', () => {
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    const text = JSON.stringify(
      scrub({ circle, long: 'x'.repeat(1_000_000), many: Array.from({ length: 10_000 }, () => 1) }),
    );
    expect(text.length).toBeLessThan(3_000);
    expect(text).toContain('[too deep]');
  });

  test('a getter that throws, a function and a symbol do no harm', () => {
    const facts = {
      get bad(): string {
        throw new Error('no');
      },
      f: () => 1,
      s: Symbol('s'),
      u: undefined,
      n: null,
      nan: Number.NaN,
    };
    expect(scrub(facts)).toEqual({ bad: '[withheld]', n: null, nan: Number.NaN });
  });

  test('a hostile text is scrubbed in no time', () => {
    for (const text of [
      '0'.repeat(1e6),
      '08 '.repeat(3e5),
      'hmac:'.repeat(2e5),
      '62'.repeat(5e5),
    ]) {
      expect(scrubText(text).length).toBeLessThanOrEqual(2_001);
    }
  });
});
