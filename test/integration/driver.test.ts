import { describe, expect, test } from 'vitest';
import { ordered } from '../../main/payment/begin.ts';
import { deadlineOf } from '../../main/payment/deadline.ts';
import { step } from '../../main/payment/step.ts';
import type { PaymentId, PaymentState } from '../../main/payment/types.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { settle } from '../support/manual-clock.ts';
import { TillKit } from '../support/till-kit.ts';

const amount = Rupiah.parse(12_500);
const phone = Phone.parse('081234567890');

describe('a payment through driver and store', () => {
  test('paid: number, row and request are there before the wire is asked; the answer before the screen', async () => {
    const kit = new TillKit();
    kit.wire.onRequest = (exchange) => {
      // N2: what the wire is handed is already on disk, byte for byte.
      const [kept] = kit.store.exchanges(1 as PaymentId);
      expect(kept?.request.body.equals(exchange.request.body)).toBe(true);
      expect(kept?.request.headers).toEqual(exchange.request.headers);
      exchange.write();
    };
    const id = kit.start();
    await settle();
    expect(kit.state(id).kind).toBe('waiting');
    kit.driver.onChange(() => {
      if (kit.state(id).kind === 'paid')
        expect(kit.store.exchanges(id)[0]?.end?.kind).toBe('answer');
    });
    kit.wire.last('pushToPay').answer('00');
    await settle();
    expect(kit.state(id)).toMatchObject({ kind: 'paid', approvalCode: '400001' });
    expect(kit.events(id)).toEqual(['started', 'numbered', 'written', 'answered']);
    expect(kit.store.payment(id)?.state).toEqual(kit.state(id));
  });

  test('T1: silence is checked at 62 s and reversed at 65 s, to the millisecond of the clock', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await settle();
    const t0 = kit.wire.last('pushToPay').writtenAt ?? 0;
    await kit.run(80);
    expect(kit.wire.operations).toEqual(['pushToPay', 'statusCheck', 'reversal']);
    expect((kit.wire.last('statusCheck').calledAt - t0) / 1_000).toBe(62);
    expect((kit.wire.last('reversal').calledAt - t0) / 1_000).toBe(65);
    kit.wire.last('reversal');
    await kit.run(3);
    kit.wire.last('reversal').answer('00');
    await settle();
    expect(kit.state(id).kind).toBe('reversed');
  });

  test('rule 6: reversal and check repeat the numbers and the invoice byte for byte', async () => {
    const kit = new TillKit();
    kit.start();
    await kit.run(66);
    const bodies = kit.wire.exchanges.map(({ body }) => body as Record<string, unknown>);
    const particulars = bodies.map((body) => [
      body.amount,
      body.referenceNumber,
      body.transactionRequestData,
    ]);
    expect(particulars[1]).toEqual(particulars[0]);
    expect(particulars[2]).toEqual(particulars[0]);
    expect(bodies[1]?.date).toBe(bodies[0]?.date);
    expect(bodies[2]?.date).not.toBe(bodies[0]?.date);
  });

  test('rule 13: every retry has a fresh date, random and signature', async () => {
    const kit = new TillKit();
    kit.start();
    await kit.run(66);
    kit.wire.last('reversal').answer('25');
    await kit.run(5);
    const [first, second] = kit.wire.of('reversal').map(({ request }) => request);
    const fresh = (request: typeof first) =>
      ['random', 'hmac'].map((name) => request?.headers.find(([key]) => key === name)?.[1]);
    expect(second?.date).not.toBe(first?.date);
    expect(fresh(second)).not.toEqual(fresh(first));
  });

  test('rule 9a: never sent takes its number with it and holds up nothing', async () => {
    const kit = new TillKit();
    kit.wire.onRequest = (exchange) => exchange.neverSent('refused');
    const first = kit.start();
    await settle();
    expect(kit.state(first)).toMatchObject({
      kind: 'notCharged',
      reason: 'noConnection',
      neverSent: true,
    });
    kit.wire.onRequest = (exchange) => exchange.write();
    const second = kit.start();
    expect(kit.state(second).numbers?.referenceText).toBe('2');
  });

  test('the present state is the fold of the events, whatever happened (history rebuilds it)', async () => {
    const kit = new TillKit({ rules: { phoneCheck: true } });
    await proveWithPhoneCheck(kit);
    const id = kit.start();
    await settle();
    kit.wire.last('phoneCheck').answer('00');
    await kit.run(62.5);
    kit.wire.last('statusCheck').answer('25');
    await settle();
    kit.desk.setAside(id);
    kit.desk.paidOtherwise(id);
    await kit.run(68);
    kit.wire.last('statusCheck').answer('00');
    await kit.run(1);
    kit.wire.last('reversal').lose();
    await kit.run(3);
    kit.restart();
    await kit.run(20);
    const stored = kit.store.payment(id);
    const [started, ...later] = kit.store.events(id);
    if (!stored || started?.type !== 'started') throw new Error('no history');
    let state: PaymentState = ordered(stored.state, started.at);
    for (const event of [started, ...later]) state = step(state, event).state;
    expect(state).toEqual(stored.state);
    expect(stored.events).toBe(later.length + 1);
    expect(state.kind).toBe('reversing');
  });

  test('M1: every unfinished state on disk names its next deadline', async () => {
    const kit = new TillKit();
    const id = kit.start();
    const deadlines = new Set<number>();
    for (let second = 0; second < 70; second += 1) {
      await kit.run(1);
      const stored = kit.store.payment(id);
      expect(stored?.deadlineAt, `at ${second} s`).not.toBeNull();
      deadlines.add(stored?.deadlineAt ?? 0);
      const deadline = deadlineOf(kit.state(id), kit.driver.moment());
      expect(deadline?.at, `at ${second} s`).toBeGreaterThan(kit.clock.mono());
    }
    // In turn: the check, the reversal, and the end of the reversal's own time.
    expect(deadlines.size).toBe(3);
  });
});

describe('rule 8a: the double-push brake', () => {
  test('trace 17 and T4: no second push to a phone whose payment is not final', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await kit.run(62.5);
    expect(kit.desk.start(amount, phone, false)).toEqual({ kind: 'stillOpen', id });
    expect(kit.desk.start(amount, phone, true)).toEqual({ kind: 'stillOpen', id });
    expect(kit.wire.of('pushToPay')).toHaveLength(1);
  });

  test('it holds across a restart, and for what needs attention', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await settle();
    kit.wire.last('pushToPay').answer('94');
    await kit.run(66);
    expect(kit.state(id).kind).toBe('needsAttention');
    kit.restart();
    expect(kit.desk.start(amount, phone, false)).toEqual({ kind: 'stillOpen', id });
  });

  test('the same phone and amount within two minutes of a paid one asks once more', async () => {
    const kit = new TillKit();
    kit.start();
    await settle();
    kit.wire.last('pushToPay').answer('00');
    await kit.run(60);
    expect(kit.desk.start(amount, phone, false).kind).toBe('confirmRepeat');
    expect(kit.desk.start(Rupiah.parse(13_000), phone, false).kind).toBe('started');
  });

  test('confirmed, or two minutes later, it is taken', async () => {
    const kit = new TillKit();
    kit.start();
    await settle();
    kit.wire.last('pushToPay').answer('00');
    await settle();
    expect(kit.desk.start(amount, phone, true).kind).toBe('started');
    await settle();
    kit.wire.last('pushToPay').answer('17');
    await kit.run(121);
    expect(kit.desk.start(amount, phone, false).kind).toBe('started');
  });
});

describe('rule 15: many payments at once', () => {
  test('the next customer is served while one is set aside; checks and first reversals leave on time', async () => {
    const kit = new TillKit();
    const ids: PaymentId[] = [];
    for (let n = 0; n < 40; n += 1) {
      ids.push(kit.start(10_000 + n, `0812000${String(n).padStart(5, '0')}`));
      await kit.run(0.02);
    }
    await kit.run(66);
    expect(kit.wire.of('statusCheck')).toHaveLength(40);
    expect(kit.wire.of('reversal')).toHaveLength(40);
    for (const [n, reversal] of kit.wire.of('reversal').entries()) {
      const t0 = kit.wire.of('pushToPay')[n]?.writtenAt ?? 0;
      const lateMs = reversal.calledAt - t0 - 65_000;
      expect(lateMs).toBeGreaterThanOrEqual(0);
      expect(lateMs).toBeLessThanOrEqual(250);
    }
  });

  test('trace 20: of the retries one is under way at a time, the longest waiting first, and none starves', async () => {
    const kit = new TillKit();
    for (let n = 0; n < 5; n += 1) kit.start(10_000 + n, `0812000${String(n).padStart(5, '0')}`);
    await kit.run(65.5);
    const order: number[] = [];
    kit.wire.onRequest = (exchange) => {
      exchange.write();
      const retriesOpen = kit.wire.open.filter(({ request }) => request.operation !== 'pushToPay');
      expect(retriesOpen).toHaveLength(1);
      order.push((exchange.body as { amount: number }).amount);
    };
    // The first is answered ER for ever; the others get no answer at all.
    for (const reversal of kit.wire.of('reversal')) reversal.answer('ER');
    await kit.run(60);
    expect(new Set(order.slice(0, 4)).size).toBe(4);
    await kit.run(120);
    for (let n = 0; n < 5; n += 1) expect(order).toContain(10_000 + n);
  });

  test('what a restart finds takes its turn, the longest waiting first', async () => {
    const kit = new TillKit();
    for (let n = 0; n < 3; n += 1) kit.start(10_000 + n, `0812000${String(n).padStart(5, '0')}`);
    await kit.run(5);
    kit.restart();
    await kit.run(62.5);
    expect(kit.wire.operations).toEqual(['statusCheck']);
    kit.wire.last('statusCheck').answer('00');
    await settle();
    await kit.run(0.1);
    expect(kit.wire.operations).toEqual(['statusCheck', 'statusCheck']);
    const asked = kit.wire.exchanges.map(({ body }) => (body as { amount: number }).amount);
    expect(asked).toEqual([10_000, 10_001]);
  });
});

describe('rule 22 and 26a: clocks', () => {
  test('a timer that comes late is a resume: all counts start anew', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await kit.run(20);
    kit.clock.sleep(100_000, true);
    await settle();
    expect(kit.state(id)).toMatchObject({ kind: 'waiting', lostCount: true });
    await kit.run(61);
    expect(kit.wire.of('statusCheck')).toHaveLength(0);
    await kit.run(2);
    expect(kit.wire.of('statusCheck')).toHaveLength(1);
  });

  test('a sleep that the monotonic clock did not count shows in the wall clock', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await kit.run(20);
    kit.clock.sleep(100_000, false);
    await kit.run(1);
    expect(kit.state(id)).toMatchObject({ kind: 'waiting', lostCount: true });
  });

  test("an answer is looked at only after the clocks: on an old socket it counts as a check's", async () => {
    const kit = new TillKit();
    const id = kit.start();
    await kit.run(20);
    kit.clock.jumpWall(3_600_000);
    kit.wire.last('pushToPay').answer('17');
    await settle();
    expect(kit.state(id)).toMatchObject({ kind: 'waiting', lostCount: true });
  });

  test('a jump of the wall clock moves the offset by its opposite at once', async () => {
    const kit = new TillKit();
    await kit.run(2);
    kit.clock.jumpWall(-100_000);
    await kit.run(1);
    expect(kit.driver.moment().offsetMs).toBe(100_000);
    kit.restart();
    expect(kit.driver.moment().offsetMs).toBe(100_000);
  });

  test("the offset from OVO's Date is kept and shown", async () => {
    const kit = new TillKit();
    kit.start();
    await settle();
    const ovoIsAhead = (kit.clock.wall() + 120_000) as ReturnType<typeof kit.clock.wall>;
    kit.wire.last('pushToPay').answer('00', { date: ovoIsAhead });
    await settle();
    const view = kit.desk.view();
    // OVO's `Date` has whole seconds.
    expect(Math.abs((view.clockOffsetMs ?? 0) - 120_000)).toBeLessThanOrEqual(1_000);
    expect(view.troubles.map(({ key }) => key)).toContain('trouble.clockOff');
  });

  test('rule 16: a reversal whose connection comes up at 23:58:59 is dropped unsent', async () => {
    const kit = new TillKit({ at: '2026-03-24T23:55:59+07:00' });
    const id = kit.start();
    await kit.run(65.5);
    kit.wire.last('reversal').answer('ER');
    // From here on nothing is answered, and the connection of the last try comes up late.
    for (let n = 0; n < 200; n += 1) await kit.run(1);
    const late = kit.wire
      .of('reversal')
      .filter(({ writtenAt, calledAt }) => (writtenAt ?? calledAt) > 0);
    for (const { calledAt } of late) expect(calledAt).toBeLessThan(1_000 + 176_000);
    expect(kit.state(id)).toMatchObject({ kind: 'needsAttention', reason: 'cutOff' });
  });

  test('T3: a payment asked again ends at the cut-off of its day', async () => {
    const kit = new TillKit({
      at: '2026-03-24T23:50:00+07:00',
      rules: { notFoundFinalAfterMs: 700_000, midnightGuardMs: 86_000_000 },
    });
    await kit.proveChecks();
    const id = kit.start();
    await kit.run(62.5);
    kit.wire.last('statusCheck').answer('25');
    await settle();
    expect(kit.state(id).kind).toBe('askedAgain');
    await kit.run(540);
    expect(kit.state(id)).toMatchObject({ kind: 'needsAttention', reason: 'cutOff' });
  });
});

describe('rule 12b through the driver', () => {
  test('the proof outlives a restart', async () => {
    const kit = new TillKit();
    expect(kit.driver.moment().notFoundTrusted).toBe(false);
    await kit.proveChecks();
    expect(kit.driver.moment().notFoundTrusted).toBe(true);
    kit.restart();
    expect(kit.driver.moment().notFoundTrusted).toBe(true);
  });

  test('25 is asked again at 130 s and then not charged', async () => {
    const kit = new TillKit();
    await kit.proveChecks();
    const id = kit.start();
    await kit.run(62.5);
    kit.wire.last('statusCheck').answer('25');
    await kit.run(68);
    kit.wire.last('statusCheck').answer('25');
    await settle();
    expect(kit.state(id)).toMatchObject({ kind: 'notCharged', reason: 'notFound' });
  });
});

describe('rule 12a through the driver', () => {
  test('an approval whose marks belong to another payment is not accepted', async () => {
    const kit = new TillKit();
    kit.start(12_500, '081111111111');
    await settle();
    kit.wire.last('pushToPay').answer('00', { body: { approvalCode: '777777', traceNumber: 99 } });
    await settle();
    const id = kit.start();
    await settle();
    kit.wire.last('pushToPay').answer('94');
    await kit.run(62.5);
    kit.wire
      .last('statusCheck')
      .answer('00', { body: { approvalCode: '777777', traceNumber: 99 } });
    await kit.run(3);
    expect(kit.state(id)).toMatchObject({ kind: 'needsAttention', reason: 'contested' });
  });
});

describe('the connection to OVO', () => {
  const words = (kit: TillKit) => kit.desk.view().troubles.map(({ key }) => key);

  test('a till at rest finds out that OVO cannot be reached, and that it can again', async () => {
    const kit = new TillKit();
    kit.wire.probed = 'unreachable';
    await kit.run(2);
    expect(words(kit)).toContain('trouble.noConnection');
    kit.wire.probed = null;
    await kit.run(11);
    expect(words(kit)).not.toContain('trouble.noConnection');
  });

  test('it is looked for twice a minute, and not while OVO answers', async () => {
    const kit = new TillKit();
    await kit.run(95);
    expect(kit.wire.probes).toBe(4);
    kit.start();
    await settle();
    kit.wire.last('pushToPay').answer('17');
    await kit.run(29);
    expect(kit.wire.probes).toBe(4);
  });

  test('the last quarter of an hour: asked, answered, and how fast', async () => {
    const kit = new TillKit({ rules: { phoneCheck: true } });
    kit.start();
    await kit.run(2);
    kit.wire.last('phoneCheck').answer('00');
    await kit.run(5);
    kit.wire.last('pushToPay').lose();
    await settle();
    expect(kit.desk.view().ovoToday).toEqual({ asked: 2, answered: 1, medianMs: 2_000 });
    await kit.run(20 * 60);
    expect(kit.desk.view().ovoToday?.asked ?? 0).toBeGreaterThan(0);
  });
});

describe('what a cashier sees', () => {
  test('set aside, ended behind the back, seen', async () => {
    const kit = new TillKit();
    const first = kit.start();
    await settle();
    kit.desk.setAside(first);
    expect(kit.desk.view().front).toBeNull();
    const second = kit.start(5_000, '081300000000');
    expect(kit.desk.view()).toMatchObject({
      front: { id: second },
      tray: [{ id: first, phase: 'waiting' }],
    });
    await settle();
    kit.wire.of('pushToPay')[0]?.answer('00');
    await settle();
    expect(kit.desk.view().tray).toMatchObject([{ id: first, phase: 'paid', unseenEnd: true }]);
    kit.desk.show(first);
    expect(kit.desk.view()).toMatchObject({ front: { id: first }, tray: [{ id: second }] });
    kit.desk.seen(first);
    expect(kit.desk.view()).toMatchObject({ front: null, tray: [{ id: second }] });
  });

  test('after a restart the payment that was on the screen is there again', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await settle();
    kit.restart();
    expect(kit.desk.view().front).toMatchObject({
      id,
      phase: 'interrupted',
      countdown: null,
      // Rule 22: 62 s count from the start.
      next: { totalMs: 62_000 },
    });
  });

  test("the customer's 55 s come as a duration, and no whole phone comes with any view", async () => {
    const kit = new TillKit();
    kit.start();
    await settle();
    await kit.run(10);
    expect(kit.desk.view().front).toMatchObject({
      countdown: { leftMs: 45_000, totalMs: 55_000 },
    });
    kit.wire.last('pushToPay').answer('17');
    await settle();
    expect(kit.desk.view().front).toMatchObject({
      phase: 'notCharged',
      final: true,
    });
    expect(JSON.stringify(kit.desk.view())).not.toContain('081234567890');
  });

  test('revisions only rise', async () => {
    const kit = new TillKit();
    const first = kit.desk.view().revision;
    kit.start();
    expect(kit.desk.view().revision).toBeGreaterThan(first);
  });

  test('rule 17: from 23:56 a payment is refused with the reason', () => {
    const kit = new TillKit({ at: '2026-03-24T23:56:00+07:00' });
    expect(() => kit.start()).toThrow('midnightGuard');
    expect(kit.desk.view().troubles).toMatchObject([
      { key: 'trouble.midnightGuard', weight: 'refuses' },
    ]);
  });

  test("amounts outside the terminal's bounds are refused", () => {
    const kit = new TillKit();
    expect(() => kit.start(999)).toThrow('amountBelowMinimum');
    expect(() => kit.start(20_000_001)).toThrow('amountAboveMaximum');
  });

  test('rule 14a: a contradiction is heard even after the cashier has moved on', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await kit.run(62.5);
    kit.wire.last('statusCheck').answer('00');
    await settle();
    kit.desk.seen(id);
    kit.wire.last('pushToPay').answer('17');
    await settle();
    expect(kit.state(id)).toMatchObject({ kind: 'needsAttention', reason: 'contradiction' });
    expect(kit.desk.view().tray).toMatchObject([{ id, phase: 'needsAttention' }]);
  });
});

async function proveWithPhoneCheck(kit: TillKit): Promise<void> {
  const id = kit.start(1_000, '081111111111');
  await settle();
  kit.wire.last('phoneCheck').answer('00');
  await settle();
  kit.wire.last('pushToPay').answer('00');
  await kit.run(15);
  kit.wire.last('statusCheck').answer('00');
  await settle();
  kit.desk.seen(id);
}
