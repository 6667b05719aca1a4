import { describe, expect, test } from 'vitest';
import { settle } from '../support/manual-clock.ts';
import { TillKit } from '../support/till-kit.ts';

const front = (kit: TillKit) => kit.desk.view().front;

describe('mandated: without a 0210 within 60 s it is a Transaction Timeout', () => {
  test.each(['40', '58', '68', 'ER'])(
    'also when the status check has said %s, and when it is reversed',
    async (code) => {
      const kit = new TillKit();
      kit.start();
      await kit.run(61);
      expect(front(kit)).toMatchObject({ phase: 'checking', reason: 'reason.timeout' });
      await kit.run(1.5);
      kit.wire.last('statusCheck').answer(code);
      await settle();
      expect(front(kit)).toMatchObject({ phase: 'reversalDue', reason: 'reason.timeout' });
      await kit.run(3);
      expect(front(kit)).toMatchObject({ phase: 'reversing', reason: 'reason.timeout' });
      kit.wire.last('reversal').answer('00');
      await settle();
      expect(front(kit)).toMatchObject({ phase: 'reversed', reason: 'reason.timeout' });
    },
  );

  test('also after a restart, when the till has lost count', async () => {
    const kit = new TillKit();
    kit.start();
    await kit.run(5);
    kit.restart();
    await kit.run(62.5);
    kit.wire.last('statusCheck').answer('68');
    await kit.run(4);
    expect(front(kit)).toMatchObject({ phase: 'reversing', reason: 'reason.timeout' });
  });

  test('not when the push itself was answered, whatever with', async () => {
    const kit = new TillKit();
    kit.start();
    await settle();
    kit.wire.last('pushToPay').answer('68');
    await kit.run(65.5);
    expect(front(kit)).toMatchObject({ phase: 'reversing', reason: 'reason.beingChecked' });
    kit.wire.last('reversal').answer('00');
    await settle();
    expect(front(kit)).toMatchObject({ phase: 'reversed', reason: 'reason.wasReversed' });
  });
});

describe('rule 15: set aside', () => {
  test('a payment brought back from the tray can be set aside once more', async () => {
    const kit = new TillKit();
    const id = kit.start();
    await settle();
    kit.desk.setAside(id);
    kit.desk.show(id);
    expect(front(kit)).toMatchObject({ id, setAside: false, canSetAside: true });
    kit.desk.setAside(id);
    expect(front(kit)).toBeNull();
    expect(kit.desk.view().tray.map((payment) => payment.id)).toEqual([id]);
  });
});

test('rule 25: a status check is on record with the time at which OVO was asked', async () => {
  const kit = new TillKit();
  const id = kit.start();
  await kit.run(62.5);
  const [push, check] = kit.store.exchanges(id);
  expect(check?.request.date).toBe(push?.request.date);
  expect((check?.recordedAt ?? 0) - (push?.recordedAt ?? 0)).toBe(62_000);
});
