import { renameSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { PaymentId } from '../../main/payment/types.ts';
import type { FakeExchange } from '../support/fake-wire.ts';
import { settle } from '../support/manual-clock.ts';
import { TillKit } from '../support/till-kit.ts';

/*
 * What two hostile readings found, each as the run that showed it. The machine's own part of them
 * stands in main/payment/rules.test.ts.
 */

const body = (exchange: FakeExchange) => exchange.body as Record<string, unknown>;
const phone = (n: number): string => `0812000${String(n).padStart(5, '0')}`;

describe('rule 6: a payment keeps who it came from', () => {
  test('M3: the tid is changed while a charged payment is in doubt: asked under its own, never "not charged"', async () => {
    const kit = new TillKit();
    await kit.proveChecks();
    const id = kit.start();
    await kit.run(20);
    kit.restart({ tid: '20000001', settings: 'other-settings' });
    // The new settings are proven by a payment of their own.
    kit.start(5_000, phone(1));
    await settle();
    kit.wire.last('pushToPay').answer('00');
    await kit.run(16);
    kit.wire.last('statusCheck').answer('00');
    await kit.run(47);
    const check = kit.wire.last('statusCheck');
    expect(body(check)).toMatchObject({ tid: '10000042' });
    check.answer('25');
    await kit.run(80);
    expect(kit.state(id).kind).toBe('reversing');
    expect(body(kit.wire.last('reversal'))).toMatchObject({ tid: '10000042' });
  });
});

describe('rule 26a: whose clock is heard', () => {
  test("trace 8: a page of some relay's is no answer of OVO's, whatever its Date", async () => {
    const kit = new TillKit();
    kit.start();
    await kit.run(66);
    kit.clock.jumpWall(-3_600_000);
    kit.restart();
    // Its last check was before the restart: the next is 15 s away.
    await kit.run(16);
    kit.wire.last('statusCheck').receive({
      status: 502,
      headers: [['Date', new Date(kit.clock.wall()).toUTCString()]],
      body: Buffer.from('<html>bad gateway</html>'),
      cutOff: false,
    });
    await kit.run(40);
    expect(kit.driver.moment().heard).toBe(false);
    expect(kit.wire.operations).not.toContain('reversal');
  });

  test("T2: a sleep that the monotonic clock did not count leaves a slow PC's offset as it was", async () => {
    const kit = new TillKit({ at: '2026-03-24T23:40:00+07:00' });
    kit.start();
    await settle();
    kit.wire.last('pushToPay').answer('00', { date: later(kit, 90_000) });
    await settle();
    kit.clock.sleep(600_000, false);
    await kit.run(1);
    expect(kit.driver.moment().offsetMs).toBeGreaterThan(89_000);
  });

  test('a slow drift is kept for the next run', async () => {
    const kit = new TillKit();
    for (let n = 1; n <= 20; n += 1) {
      kit.start(1_000 + n, phone(n));
      await settle();
      kit.wire.last('pushToPay').answer('17', { date: later(kit, n * 600) });
      await settle();
    }
    kit.restart();
    expect(kit.driver.moment().offsetMs).toBeGreaterThan(10_000);
  });

  test('one wild Date neither closes the till nor moves the cut-off; a second that agrees does', async () => {
    const kit = new TillKit();
    const wild = 14 * 3_600_000;
    kit.start(1_000, phone(1));
    await settle();
    kit.wire.last('pushToPay').answer('17', { date: later(kit, wild) });
    await settle();
    expect(Math.abs(kit.driver.moment().offsetMs)).toBeLessThan(1_000);
    kit.start(1_000, phone(2));
    await settle();
    kit.wire.last('pushToPay').answer('17', { date: later(kit, wild) });
    await settle();
    expect(kit.driver.moment().offsetMs).toBeGreaterThan(wild - 1_000);
  });

  test('a clock put right while the till was off: the till finds out, and takes payments', async () => {
    const kit = new TillKit({ at: '2026-03-22T10:00:00+07:00' });
    const twoDays = 2 * 86_400_000;
    for (const n of [1, 2]) {
      kit.start(1_000, phone(n));
      await settle();
      kit.wire.last('pushToPay').answer('17', { date: later(kit, twoDays) });
      await settle();
    }
    expect(() => kit.start()).toThrow('midnightGuard');
    kit.clock.jumpWall(twoDays);
    kit.restart();
    const id = kit.start();
    await settle();
    // Though the terminal makes no phone checks: the answer shows OVO's clock.
    kit.wire.last('phoneCheck').answer('00');
    await settle();
    expect(kit.state(id).kind).toBe('waiting');
    expect(Math.abs(kit.driver.moment().offsetMs)).toBeLessThan(1_000);
  });
});

describe('the gates with the connection up', () => {
  test("rule 16: a reversal's connection comes up at 23:58:59 by OVO's clock: it is dropped unsent", async () => {
    const kit = new TillKit({ at: '2026-03-24T23:52:46+07:00' });
    const id = kit.start();
    await settle();
    // Another payment's answer shows that OVO is five minutes ahead.
    kit.start(2_000, phone(2));
    await settle();
    kit.wire.last('pushToPay').answer('17', { date: later(kit, 299_000) });
    kit.wire.onRequest = (exchange) => {
      if (exchange.request.operation !== 'reversal') exchange.write();
    };
    await kit.run(66);
    const reversal = kit.wire.last('reversal');
    await kit.run(9);
    reversal.write();
    await settle();
    expect(reversal.writtenAt).toBeNull();
    expect(kit.state(id)).toMatchObject({ kind: 'needsAttention', reason: 'cutOff' });
  });

  test('rule 17: the guard closes while the push connects: never sent', async () => {
    const kit = new TillKit({ at: '2026-03-24T23:55:58+07:00' });
    kit.wire.onRequest = () => undefined;
    const id = kit.start();
    await kit.run(3);
    kit.wire.last('pushToPay').write();
    await settle();
    expect(kit.wire.last('pushToPay').writtenAt).toBeNull();
    expect(kit.state(id)).toMatchObject({
      kind: 'notCharged',
      reason: 'midnightGuard',
      neverSent: true,
    });
  });

  test('rule 22: the machine slept while the push connected: the clocks are looked at before it leaves', async () => {
    const kit = new TillKit({ at: '2026-03-24T23:50:00+07:00' });
    kit.wire.onRequest = () => undefined;
    const id = kit.start();
    await settle();
    kit.clock.jumpWall(400_000);
    kit.wire.last('pushToPay').write();
    await settle();
    expect(kit.state(id)).toMatchObject({ kind: 'notCharged', reason: 'midnightGuard' });
  });

  test('N1: on the wire numbers only rise: a push that a later one has overtaken is not sent', async () => {
    const kit = new TillKit();
    kit.wire.onRequest = () => undefined;
    const first = kit.start(1_000, phone(1));
    await settle();
    const second = kit.start(2_000, phone(2));
    await settle();
    const [slow, quick] = kit.wire.of('pushToPay');
    quick?.write();
    slow?.write();
    await settle();
    expect(kit.state(second).kind).toBe('waiting');
    expect(slow?.writtenAt).toBeNull();
    expect(kit.state(first)).toMatchObject({
      kind: 'notCharged',
      reason: 'noConnection',
      neverSent: true,
    });
  });
});

describe('what a cashier must not lose', () => {
  test('rule 8a: the same sale a minute ago is asked about, however many came between', async () => {
    const kit = new TillKit();
    const pay = async (amount: number, to: string): Promise<void> => {
      const id = kit.start(amount, to);
      await settle();
      kit.wire.last('pushToPay').answer('00');
      await settle();
      kit.desk.seen(id);
    };
    await pay(12_500, '081234567890');
    for (let n = 0; n < 20; n += 1) {
      await pay(1_000 + n, phone(n));
      await kit.run(2);
    }
    expect(kit.desk.start(12_500 as never, '081234567890' as never, false).kind).toBe(
      'confirmRepeat',
    );
  });

  test('an end that came between the picture and the key is not taken for seen', async () => {
    const kit = new TillKit();
    const first = kit.start(1_000, phone(1));
    await settle();
    kit.desk.setAside(first);
    const second = kit.start(2_000, phone(2));
    await settle();
    kit.wire.last('pushToPay').answer('00');
    await settle();
    // The cashier still saw "waiting" when the key for the tray went down.
    kit.desk.show(first);
    expect(kit.desk.view().tray).toMatchObject([{ id: second, phase: 'paid', unseenEnd: true }]);
  });

  test('L1: what was heard while the disk was away is written before the till closes', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await settle();
    const unlock = kit.lock();
    kit.wire.last('pushToPay').answer('00');
    await settle();
    unlock();
    kit.restart({ cleanly: true });
    expect(kit.store.exchanges(id as PaymentId)[0]?.end?.kind).toBe('answer');
    expect(kit.state(id).kind).toBe('paid');
  });
});

function later(kit: TillKit, ms: number) {
  return (kit.clock.wall() + ms) as ReturnType<typeof kit.clock.wall>;
}

describe('a database that is not what it was', () => {
  test('removed under the running till: no new payment, in words', async () => {
    const kit = new TillKit();
    kit.start();
    await settle();
    renameSync(kit.databasePath, `${kit.databasePath}.moved`);
    await kit.run(2);
    expect(kit.desk.view().troubles).toContainEqual({
      key: 'trouble.gone',
      values: {},
      weight: 'refuses',
    });
    expect(() => kit.start(2_000, phone(2))).toThrow('storageTrouble');
    renameSync(`${kit.databasePath}.moved`, kit.databasePath);
    await kit.run(3);
    expect(kit.desk.view().troubles.map(({ key }) => key)).not.toContain('trouble.gone');
  });
});
