import { describe, expect, test } from 'vitest';
import { readAnswer } from '../../main/ovo/answer.ts';
import { AppKey } from '../../main/ovo/app-key.ts';
import { buildRequest } from '../../main/ovo/messages.ts';
import type { ExchangeOptions, OvoOperation, Subject } from '../../main/ovo/types.ts';
import type { BatchNumber, ReferenceNumber } from '../../main/payment/types.ts';
import { trainingAppKey, trainingIdentity } from '../../main/training/identity.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { FakeWire } from './fake-wire.ts';
import { ManualClock, settle } from './manual-clock.ts';
import { emptyNotFound } from './ovo-answers.ts';

function setUp() {
  const clock = new ManualClock();
  const wire = new FakeWire(clock);
  const subject: Subject = {
    phone: Phone.parse('081234567890'),
    amount: Rupiah.parse(12_500),
    numbers: {
      batch: 240326 as BatchNumber,
      reference: 7 as ReferenceNumber,
      batchText: '240326',
      referenceText: '7',
      asNumber: false,
      invoice: 'TRAIN001-260324100000-0123456789AB',
    },
    pushedAt: clock.wall(),
  };
  const request = (operation: OvoOperation) =>
    buildRequest(
      operation,
      subject,
      {
        identity: trainingIdentity,
        baseUrl: 'http://127.0.0.1:4000',
        signature: 'app-id+random',
        statusDate: 'original',
        appKey: new AppKey(trainingAppKey),
      },
      clock.wall(),
    );
  let written = 0;
  const options = (more: Partial<ExchangeOptions> = {}): ExchangeOptions => ({
    mayWrite: () => true,
    onWritten: () => {
      written += 1;
    },
    awaitMs: 65_000,
    awaitFrom: 'written',
    signal: new AbortController().signal,
    ...more,
  });
  return { clock, wire, subject, request, options, written: () => written };
}

describe('the fake wire', () => {
  test('writes at once and waits for the test', async () => {
    const { wire, request, options, written, clock } = setUp();
    const ended = wire.exchange(request('pushToPay'), options());
    expect(written()).toBe(0);
    await settle();
    expect([written(), wire.open.length]).toEqual([1, 1]);
    wire.last('pushToPay').receive(emptyNotFound(clock.wall()));
    expect(await ended).toMatchObject({ kind: 'answer', answer: { status: 404 } });
    expect([wire.open.length, clock.waiting.length]).toEqual([0, 0]);
  });

  test('gives up in time: no answer once written, never sent before', async () => {
    const { wire, request, options, clock } = setUp();
    const push = wire.exchange(request('pushToPay'), options());
    await clock.run(65_000);
    expect(await push).toMatchObject({ kind: 'noAnswer', reason: 'timeout' });
    wire.onRequest = () => undefined;
    const reversal = wire.exchange(
      request('reversal'),
      options({ awaitFrom: 'call', awaitMs: 15_000 }),
    );
    await clock.run(15_000);
    expect(await reversal).toMatchObject({ kind: 'neverSent', reason: 'connectTimeout' });
  });

  test('asks whether it may write, and does not if not', async () => {
    const { wire, request, options, written } = setUp();
    const end = await wire.exchange(request('reversal'), options({ mayWrite: () => false }));
    expect([end.kind, written()]).toEqual(['neverSent', 0]);
  });

  test('is given up by its signal, before and after the write', async () => {
    const { wire, request, options } = setUp();
    const early = new AbortController();
    early.abort();
    const first = wire.exchange(request('pushToPay'), options({ signal: early.signal }));
    expect(await first).toMatchObject({ kind: 'neverSent', reason: 'gate' });
    const late = new AbortController();
    const second = wire.exchange(request('pushToPay'), options({ signal: late.signal }));
    await settle();
    late.abort();
    expect(await second).toMatchObject({ kind: 'noAnswer', reason: 'givenUp' });
  });
});

test.each([
  'phoneCheck',
  'pushToPay',
  'statusCheck',
  'reversal',
  'void',
  'voidStatusCheck',
] as const)('rule 10: a believable answer to %s is believed', async (operation) => {
  const { wire, request, options, subject } = setUp();
  const ended = wire.exchange(request(operation), options());
  await settle();
  wire.last(operation).answer('00');
  const end = await ended;
  if (end.kind !== 'answer') throw new Error(end.kind);
  expect(readAnswer(operation, subject, trainingIdentity, end.answer)).toMatchObject({
    kind: 'believed',
    code: '00',
  });
});

test('rule 10: a changed answer is not', async () => {
  const { wire, request, options, subject } = setUp();
  const ended = wire.exchange(request('pushToPay'), options());
  await settle();
  wire.last('pushToPay').answer('00', { body: { referenceNumber: 8 } });
  const end = await ended;
  if (end.kind !== 'answer') throw new Error(end.kind);
  expect(readAnswer('pushToPay', subject, trainingIdentity, end.answer).kind).toBe('notOurs');
});
