import type { PaymentView, TillView } from '../../shared/view.ts';

/**
 * Every screen of the till as a view that main could have sent, by name. Used to look at the
 * screens, and by tests that want one of each.
 */

/** 2026-11-24 17:34:58 in Jakarta. */
const now = 1_795_516_498_000;

/** A payment as a screen gets it, waiting unless said otherwise. */
export function payment(more: Partial<PaymentView>): PaymentView {
  return {
    id: 41,
    phase: 'waiting',
    amount: 12_500,
    phoneMasked: '0812-••••-7890',
    startedAt: now - 13_000,
    endedAt: null,
    countdown: null,
    next: null,
    reason: null,
    code: null,
    approvalCode: null,
    batch: '241126',
    reference: '41',
    invoice: 'T10000042-000000000041-K7Q2M9XB4T1Z',
    reversalAttempt: 0,
    setAside: false,
    unseenEnd: false,
    final: false,
    earlier: false,
    paidOtherwise: false,
    canGoOn: false,
    canSetAside: false,
    canPayOtherwise: false,
    ...more,
  };
}

const ended = { endedAt: now, final: true } as const;
const underWay = { canSetAside: true } as const;

const recent: readonly PaymentView[] = [
  payment({ ...ended, id: 40, phase: 'paid', amount: 45_000, approvalCode: '410315' }),
  payment({
    ...ended,
    id: 39,
    phase: 'notCharged',
    amount: 1_250_000,
    reason: 'reason.canceledByUser',
  }),
  payment({ id: 38, phase: 'reversing', amount: 8_000, phoneMasked: '0857-••••-1122' }),
  payment({ ...ended, id: 37, phase: 'reversed', amount: 23_500, phoneMasked: '0813-••••-0042' }),
  payment({ id: 36, phase: 'needsAttention', amount: 310_000, phoneMasked: '0811-••••-9001' }),
  payment({ ...ended, id: 35, phase: 'paid', amount: 17_000, phoneMasked: '0878-••••-5566' }),
  ...[8_500, 126_000, 34_000, 9_000, 61_500, 22_000].map((amount, index) =>
    payment({
      ...ended,
      id: 34 - index,
      phase: 'paid',
      amount,
      phoneMasked: `0856-••••-${4_410 + 731 * index}`,
    }),
  ),
].map((one, index) => ({ ...one, startedAt: now - (index * 171 + 34) * 1_000 }));

const tray: readonly PaymentView[] = [
  payment({
    id: 38,
    phase: 'reversing',
    amount: 8_000,
    phoneMasked: '0857-••••-1122',
    reversalAttempt: 3,
    next: { leftMs: 8_000, totalMs: 12_000 },
    setAside: true,
  }),
  payment({
    id: 39,
    phase: 'waiting',
    amount: 60_000,
    phoneMasked: '0813-••••-3344',
    countdown: { leftMs: 31_000, totalMs: 55_000 },
    setAside: true,
  }),
  payment({
    id: 33,
    phase: 'askedAgain',
    amount: 99_000,
    phoneMasked: '0821-••••-7700',
    next: { leftMs: 49_000, totalMs: 68_000 },
    setAside: true,
  }),
];

const endedUnseen: readonly PaymentView[] = [
  ...tray,
  payment({ ...ended, id: 34, phase: 'paid', amount: 75_000, setAside: true, unseenEnd: true }),
  payment({
    ...ended,
    id: 32,
    phase: 'notCharged',
    amount: 15_000,
    phoneMasked: '0852-••••-0909',
    setAside: true,
    unseenEnd: true,
  }),
  payment({ id: 31, phase: 'needsAttention', amount: 310_000, setAside: true, unseenEnd: true }),
];

const till: TillView = {
  revision: 1,
  language: 'en',
  environment: 'training',
  trainingPhoneUrl: 'http://127.0.0.1:4000/phone',
  storeCode: 'WARUNG01',
  tid: '10000042',
  minAmount: 1,
  maxAmount: 20_000_000,
  now,
  clockOffsetMs: 120,
  connection: { ok: true, roundTripMs: 42, at: now - 4_000 },
  ovoToday: { asked: 31, answered: 31, medianMs: 46 },
  sound: true,
  unfinished: 0,
  front: null,
  tray: [],
  recent: [...recent],
  troubles: [],
};

const view = (more: Partial<TillView>): TillView => ({ ...till, ...more });
const front = (more: Partial<PaymentView>, rest: Partial<TillView> = {}): TillView =>
  view({ front: payment(more), ...rest });

export const states = {
  'new-payment': view({}),
  'new-payment-empty': view({ recent: [], connection: null, clockOffsetMs: null }),
  'new-payment-tray': view({ tray: [...tray], unfinished: 3 }),
  'new-payment-ended-unseen': view({ tray: [...endedUnseen], unfinished: 4 }),
  'new-payment-refuses': view({
    troubles: [
      { key: 'trouble.clockOff', values: { seconds: 95 }, weight: 'tells' },
      { key: 'trouble.diskFull', values: {}, weight: 'refuses' },
    ],
    clockOffsetMs: -95_000,
    connection: { ok: false, roundTripMs: null, at: now - 61_000 },
  }),
  'new-payment-staging': view({ environment: 'staging', trainingPhoneUrl: null }),
  'new-payment-production': view({ environment: 'production', trainingPhoneUrl: null }),
  'new-payment-offline': view({
    troubles: [{ key: 'trouble.noConnection', values: {}, weight: 'tells' }],
    connection: { ok: false, roundTripMs: null, at: now - 61_000 },
    ovoToday: { asked: 9, answered: 3, medianMs: 58 },
  }),
  'new-payment-midnight': view({
    troubles: [{ key: 'trouble.midnightGuard', values: {}, weight: 'refuses' }],
  }),
  'new-payment-many-troubles': view({
    troubles: [
      { key: 'trouble.readOnly', values: {}, weight: 'refuses' },
      { key: 'trouble.statusChecksUnproven', values: {}, weight: 'tells' },
      { key: 'trouble.ofAnotherVersion', values: {}, weight: 'tells' },
    ],
    sound: false,
  }),
  'checking-phone': front({ phase: 'checkingPhone', next: { leftMs: 7_000, totalMs: 10_000 } }),
  'phone-unchecked': front({ phase: 'phoneUnchecked', canGoOn: true }),
  sending: front({ phase: 'sending', ...underWay }),
  waiting: front({ countdown: { leftMs: 42_000, totalMs: 55_000 }, ...underWay }),
  'waiting-tray': front(
    { countdown: { leftMs: 9_000, totalMs: 55_000 }, ...underWay },
    { tray: [...endedUnseen], unfinished: 5 },
  ),
  interrupted: front({
    phase: 'interrupted',
    next: { leftMs: 48_000, totalMs: 62_000 },
    canPayOtherwise: true,
    ...underWay,
  }),
  checking: front({ phase: 'checking', next: { leftMs: 2_000, totalMs: 7_000 }, ...underWay }),
  'reversal-due': front({
    phase: 'reversalDue',
    reason: 'reason.timeout',
    next: { leftMs: 3_000, totalMs: 5_000 },
    ...underWay,
  }),
  'asked-again': front({
    phase: 'askedAgain',
    next: { leftMs: 61_000, totalMs: 68_000 },
    canPayOtherwise: true,
    ...underWay,
  }),
  reversing: front({
    phase: 'reversing',
    reason: 'reason.timeout',
    reversalAttempt: 3,
    next: { leftMs: 8_000, totalMs: 12_000 },
    ...underWay,
  }),
  paid: front({ ...ended, phase: 'paid', approvalCode: '410315', code: '00' }),
  'paid-large': front({ ...ended, phase: 'paid', amount: 999_999_999_999, approvalCode: '410315' }),
  'not-charged': front({
    ...ended,
    phase: 'notCharged',
    reason: 'reason.canceledByUser',
    code: '17',
  }),
  'not-charged-push': front({
    ...ended,
    phase: 'notCharged',
    reason: 'reason.pushFailed',
    code: '26',
  }),
  'not-charged-phone': front({
    ...ended,
    phase: 'notCharged',
    reason: 'reason.phoneNotRegisteredInCheck',
    code: '14',
  }),
  'never-sent': front({ ...ended, phase: 'notCharged', reason: 'reason.noConnection' }),
  'unknown-reason': front({ ...ended, phase: 'notCharged', reason: 'reason.ofAnotherVersion' }),
  reversed: front({ ...ended, phase: 'reversed', reason: 'reason.timeout', code: '00' }),
  'needs-attention': front({ phase: 'needsAttention', reason: 'attention.cutOff' }),
  resolved: front({ ...ended, phase: 'resolved' }),
} as const satisfies Record<string, TillView>;

export type StateName = keyof typeof states;
