import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { beforeEach, expect, test } from 'vitest';
import { mono } from '../shared/time-text.ts';
import type { PaymentView, Phase, TillView } from '../shared/view.ts';
import { mandated } from '../shared/words/mandated.ts';
import { looks } from './phases.ts';
import { PaymentScreen } from './screens/payment-screen.tsx';
import { viewCame } from './store.ts';

const payment: PaymentView = {
  id: 1,
  phase: 'waiting',
  amount: 12_500,
  phoneMasked: '0812-••••-7890',
  startedAt: 0,
  endedAt: null,
  countdown: null,
  next: null,
  reason: null,
  code: null,
  approvalCode: null,
  batch: null,
  reference: null,
  invoice: null,
  reversalAttempt: 1,
  setAside: false,
  unseenEnd: false,
  final: true,
  earlier: false,
  paidOtherwise: false,
  canGoOn: true,
  canSetAside: true,
  canPayOtherwise: true,
};
const till: TillView = {
  revision: 1,
  language: 'en',
  environment: 'training',
  trainingPhoneUrl: null,
  storeCode: 'S',
  tid: 'T',
  minAmount: 1,
  maxAmount: 1_000,
  now: 0,
  clockOffsetMs: null,
  connection: null,
  ovoToday: null,
  sound: true,
  unfinished: 0,
  front: null,
  tray: [],
  recent: [],
  troubles: [],
};

const drawn = (more: Partial<PaymentView>) =>
  renderToStaticMarkup(createElement(PaymentScreen, { payment: { ...payment, ...more } }));

beforeEach(() => viewCame(till, mono(0)));

const phases = Object.keys(looks) as Phase[];
const nexts = [null, { leftMs: 8_000, totalMs: 10_000 }];

test.each(phases)('%s says what is true and what to do, with no place left open', (phase) => {
  for (const next of nexts) {
    const text = drawn({ phase, next, countdown: next });
    expect(text).toContain('Rp\u00a012.500');
    expect(text).not.toMatch(/\{\w+\}/);
  }
});

test('a reason that this page does not know becomes a plain sentence, never a crash', () => {
  const text = drawn({ phase: 'notCharged', reason: 'reason.ofAnotherVersion' });
  expect(text).toContain('The payment did not go through');
});

test('the mandated words stand on the screens that OVO names', () => {
  expect(drawn({ phase: 'waiting' })).toContain(mandated['waiting.instruction']);
  expect(drawn({ phase: 'paid' })).toContain('Payment Success');
  const timeout = drawn({ phase: 'reversalDue', reason: 'reason.timeout' });
  expect(timeout).toContain('Transaction Timeout');
  expect(timeout).toContain('not receiving response type 0210 from OVO');
  for (const reason of [
    'reason.phoneNotRegistered',
    'reason.canceledByUser',
    'reason.pushFailed',
  ] as const) {
    expect(drawn({ phase: 'notCharged', reason })).toContain(mandated[reason]);
  }
});

test('rule 8a: "Try again" is offered only once nothing can change any more', () => {
  expect(drawn({ phase: 'notCharged', final: true })).toContain('Try again');
  expect(drawn({ phase: 'notCharged', final: false })).not.toContain('data-key="T"');
  expect(drawn({ phase: 'reversing', final: false })).not.toContain('data-key="T"');
});

test('the code of an answer is shown where it explains the end, and never as 00', () => {
  expect(drawn({ phase: 'notCharged', reason: 'reason.canceledByUser', code: '17' })).toContain(
    '<dd>17</dd>',
  );
  for (const phase of ['paid', 'reversed'] as const)
    expect(drawn({ phase, code: '00' })).not.toContain('<dd>00</dd>');
});

test('a reversed payment is quiet: not paid, nothing owed, and no failure', () => {
  const text = drawn({ phase: 'reversed', reason: 'reason.timeout' });
  expect(text).toContain('Not paid: reversed');
  expect(text).toContain('The customer is not charged.');
  expect(text).toContain('tone-settled');
  expect(text).not.toMatch(/tone-failed|fail/i);
});

test('a payment in doubt never wears the words or the colour of an end', () => {
  for (const phase of [
    'interrupted',
    'checking',
    'reversalDue',
    'askedAgain',
    'reversing',
  ] as const) {
    const text = drawn({ phase, final: false });
    expect(text).not.toMatch(/Payment Success|tone-paid|tone-failed|Next customer/);
  }
});
