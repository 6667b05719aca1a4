import { describe, expect, test } from 'vitest';
import { responseCodes } from '../ovo/response-codes.ts';
import { en } from './en.ts';
import { id } from './id.ts';
import { catalogues, type MessageKey, words } from './index.ts';

const keys = Object.keys(en) as MessageKey[];
const places = (sentence: string) =>
  [...sentence.matchAll(/\{\w+\}/g)].map(([place]) => place).sort();

/** Word for word from OVO's guidance; kept apart from the catalogue so that an edit there shows here. */
const mandatedByOvo: Partial<Record<MessageKey, string>> = {
  'newPayment.phoneInstruction':
    'Enter Your Registered Phone Number in the OVO Application with 08xxx format',
  'waiting.instruction':
    'Open your OVO Application and click the bell icon to complete the payment and make sure you complete the payment with a specified time to avoid transaction timeout',
  'reason.paid': 'Payment Success',
  'reason.phoneNotRegistered': 'Phone Number not Registered on OVO Apps',
  'reason.phoneNotRegisteredInCheck': 'Phone Number not registered in OVO System',
  'reason.canceledByUser': 'Payment Canceled By User',
  'reason.pushFailed': 'Failed Push notif to users, please ensure user login to OVO app first',
  'reason.timeout': 'Transaction Timeout',
  'timeout.small': 'not receiving response type 0210 from OVO',
};

describe('the catalogues', () => {
  test('both languages have the same keys', () => {
    expect(Object.keys(id).sort()).toEqual([...keys].sort());
  });

  test('a sentence has the same places in both languages', () => {
    for (const key of keys) expect(places(id[key]), key).toEqual(places(en[key]));
  });

  test('only the lines beneath a mandated sentence may be empty, and only in English', () => {
    expect(keys.filter((key) => id[key].trim() === '')).toEqual([]);
    expect(keys.filter((key) => en[key].trim() === '' && !key.endsWith('.beneath'))).toEqual([]);
  });

  test.each(Object.entries(mandatedByOvo))(
    '%s is word for word in both languages',
    (key, sentence) => {
      expect(catalogues.en[key as MessageKey]).toBe(sentence);
      expect(catalogues.id[key as MessageKey]).toBe(sentence);
      expect(catalogues.id[`${key}.beneath` as MessageKey]).not.toBe('');
    },
  );

  test('rule 11: each response code has a sentence', () => {
    for (const code of Object.values(responseCodes)) expect(keys).toContain(`reason.${code.words}`);
  });
});

describe('words that are safe', () => {
  const inDoubt = keys.filter((key) =>
    /^(phase|tray|state)\.(interrupted|checking|reversalDue|askedAgain|reversing)/.test(key),
  );

  test('nothing says failed, declined or charged until it is certain', () => {
    expect(inDoubt.length).toBeGreaterThan(20);
    for (const key of inDoubt) {
      const both = `${en[key]} ${id[key]}`;
      expect(both, key).not.toMatch(/fail|declin|gagal|ditolak|success|berhasil|lunas/i);
    }
  });

  test.each(['reversalDue', 'reversing'] as const)(
    'after a timeout, %s: being reversed, not to be paid twice, and what to do next',
    (phase) => {
      expect(en[`phase.${phase}.you`]).toMatch(/must not pay twice.*Set it aside/);
      expect(id[`phase.${phase}.you`]).toMatch(/jangan membayar dua kali.*Sisihkan/);
      expect(en[`phase.${phase}.tillNext`]).toContain('by itself');
    },
  );

  test('rule 12: while OVO is asked once more, nothing is charged so far and the time is named', () => {
    for (const catalogue of [en, id]) {
      expect(catalogue['phase.askedAgain.tillNext']).toContain('{at}');
      expect(catalogue['tray.askedAgainNext']).toContain('{at}');
    }
    expect(en['phase.askedAgain.true']).toBe('Nothing has been charged so far.');
  });

  test('rule 22: after an interruption: when OVO is asked, and not to pay twice meanwhile', () => {
    for (const catalogue of [en, id]) {
      expect(catalogue['phase.interrupted.tillNext']).toMatch(/\{at\}.*\{left\}/);
      expect(catalogue['tray.interruptedNext']).toContain('{left}');
    }
    expect(en['phase.interrupted.you']).toMatch(/must not pay twice.*Set it aside/);
  });

  test('each refusal, fault and trouble says what to do, in both languages', () => {
    const doing = {
      en: /\b(type|tell|ask|check|close|wait|look|read|try|free|compare|start again at|goes on by itself)\b/i,
      id: /\b(ketik|beri tahu|minta|periksa|tutup|tunggu|lihat|baca|coba|kosongkan|cocokkan|dibuka lagi)\b/i,
    };
    const said = keys.filter((key) => /^(refusal|fault|trouble)\./.test(key));
    expect(said.length).toBeGreaterThan(30);
    expect(said.filter((key) => !doing.en.test(en[key]))).toEqual([]);
    expect(said.filter((key) => !doing.id.test(id[key]))).toEqual([]);
  });

  test('each trouble has a sentence, and a short word for the strip', () => {
    // Connection and clock have cells of their own there.
    const own = /^trouble\.(noConnection|clockOff|unknown)$/;
    const others = keys.filter((key) => key.startsWith('trouble.') && !own.test(key));
    const shorts = others.map((key) => key.replace('trouble.', 'short.'));
    expect(shorts.filter((key) => !keys.some((known) => known === key))).toEqual([]);
  });
});

describe('words', () => {
  test('fills the places by name', () => {
    expect(words('en', 'strip.terminal', { tid: 'T1' })).toBe('Till T1');
  });

  test('leaves a place visible when its value is missing', () => {
    expect(words('id', 'strip.terminal')).toBe('Kasir {tid}');
  });
});
