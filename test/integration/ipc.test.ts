import { beforeEach, describe, expect, test } from 'vitest';
import type { Host, Sender } from '../../main/host.ts';
import { serve } from '../../main/ipc.ts';
import { requests } from '../../shared/ipc.ts';
import { TillView } from '../../shared/view.ts';
import { settle } from '../support/manual-clock.ts';
import { TillKit } from '../support/till-kit.ts';

/** A host whose page is the test. */
class PlayedHost implements Host {
  readonly pushed: { name: string; value: unknown }[] = [];
  private handle: (sender: Sender, message: unknown) => Promise<unknown> = async () => null;

  onRequest(handle: (sender: Sender, message: unknown) => Promise<unknown>): void {
    this.handle = handle;
  }
  push(message: unknown): void {
    this.pushed.push(message as { name: string; value: unknown });
  }
  bringToFront(): string {
    return '';
  }
  ask(message: unknown, trusted = true): Promise<unknown> {
    return this.handle({ trusted, description: 'the test' }, message);
  }
}

const sale = { amount: 12_500, phone: '081234567890', confirmRepeat: false };
const refused = (key: string) => ({ ok: false, refusal: { key: `refusal.${key}`, values: {} } });

let kit: TillKit;
let host: PlayedHost;
beforeEach(() => {
  kit = new TillKit();
  host = new PlayedHost();
  serve(host, kit.desk, kit.driver, kit.clock, kit.log);
});

describe("the contract holds on main's side", () => {
  test('a payment is started, and the view says so', async () => {
    expect(await host.ask({ name: 'payment.start', args: sale })).toEqual({
      ok: true,
      result: { kind: 'started', id: 1 },
    });
    const reply = await host.ask({ name: 'till.view', args: {} });
    expect(reply).toMatchObject({
      ok: true,
      result: { front: { id: 1, phase: 'waiting' }, unfinished: 1 },
    });
  });

  test("a sender that is not the till's own page is refused, and nothing is done", async () => {
    expect(await host.ask({ name: 'payment.start', args: sale }, false)).toEqual(
      refused('badMessage'),
    );
    expect(kit.desk.view().unfinished).toBe(0);
    expect(kit.log.said('warn').join()).toContain('a request was refused');
  });

  const nonsense: [string, unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['a text', 'payment.start'],
    ['an unknown channel', { name: 'payment.refundAll', args: {} }],
    ['a channel out of the prototype', { name: 'constructor', args: {} }],
    ['__proto__ as a channel', { name: '__proto__', args: {} }],
    ['a key too many', { name: 'till.view', args: {}, role: 'manager' }],
    ['an argument too many', { name: 'payment.start', args: { ...sale, override: true } }],
    ['no arguments', { name: 'payment.start' }],
    ['an amount as text', { name: 'payment.start', args: { ...sale, amount: '12500' } }],
    ['an amount of zero', { name: 'payment.start', args: { ...sale, amount: 0 } }],
    ['a negative amount', { name: 'payment.start', args: { ...sale, amount: -5 } }],
    ['half a rupiah', { name: 'payment.start', args: { ...sale, amount: 12_500.5 } }],
    [
      'an amount that is not a number',
      { name: 'payment.start', args: { ...sale, amount: Number.NaN } },
    ],
    ['thirteen digits', { name: 'payment.start', args: { ...sale, amount: 1_000_000_000_000 } }],
    [
      'a phone not made regular',
      { name: 'payment.start', args: { ...sale, phone: '+6281234567890' } },
    ],
    [
      'a phone with more behind it',
      { name: 'payment.start', args: { ...sale, phone: '081234567890\n' } },
    ],
    ['an id that is a text', { name: 'payment.setAside', args: { id: '1' } }],
    [
      'a text of a megabyte',
      { name: 'payment.start', args: { ...sale, phone: '0'.repeat(1_000_000) } },
    ],
    ['a name of a megabyte', { name: 'x'.repeat(1_000_000), args: {} }],
    ['a megabyte in a key', { name: 'till.view', args: { ['k'.repeat(1_000_000)]: 1 } }],
    ['a list of a million', { name: 'till.view', args: { list: new Array(1_000_000).fill(1) } }],
    ['a ring', ring()],
    ['deep nesting', nested(10_000)],
  ];
  test.each(nonsense)('%s is refused in words, and nothing is done', async (_what, message) => {
    expect(await host.ask(message)).toEqual(refused('badMessage'));
    await settle();
    expect(kit.wire.exchanges).toHaveLength(0);
    expect(kit.desk.view().unfinished).toBe(0);
  });

  test('a flood is refused, and the till works again a second later', async () => {
    const replies = await Promise.all(
      Array.from({ length: 500 }, () => host.ask({ name: 'till.view', args: {} })),
    );
    const answered = replies.filter((reply) => (reply as { ok: boolean }).ok);
    expect(answered.length).toBeLessThan(100);
    expect(answered.length).toBeGreaterThan(10);
    await kit.run(1.1);
    expect(await host.ask({ name: 'till.view', args: {} })).toMatchObject({ ok: true });
  });

  test('a payment that does not exist, or has moved on, is refused by name', async () => {
    expect(await host.ask({ name: 'payment.setAside', args: { id: 99 } })).toEqual(
      refused('noSuchPayment'),
    );
    await host.ask({ name: 'payment.start', args: sale });
    expect(await host.ask({ name: 'payment.seen', args: { id: 1 } })).toEqual(refused('notNow'));
    expect(await host.ask({ name: 'payment.goOn', args: { id: 1 } })).toEqual(refused('notNow'));
    expect(await host.ask({ name: 'payment.paidOtherwise', args: { id: 1 } })).toEqual(
      refused('notNow'),
    );
  });

  test('rule 8: amount and whole phone come for the ended payment on the screen, and for no other', async () => {
    const again = (id: number) => host.ask({ name: 'payment.again', args: { id } });
    await host.ask({ name: 'payment.start', args: sale });
    expect(await again(1)).toEqual(refused('notNow'));
    kit.wire.last('pushToPay').answer('17');
    await settle();
    const { amount, phone } = sale;
    expect(await again(1)).toEqual({ ok: true, result: { amount, phone } });
    await host.ask({ name: 'payment.seen', args: { id: 1 } });
    expect(await again(1)).toEqual(refused('notNow'));
    expect(await again(99)).toEqual(refused('noSuchPayment'));
  });

  test('a paid one cannot be tried again', async () => {
    await host.ask({ name: 'payment.start', args: sale });
    kit.wire.last('pushToPay').answer('00');
    await settle();
    expect(kit.desk.view().front?.phase).toBe('paid');
    expect(await host.ask({ name: 'payment.again', args: { id: 1 } })).toEqual(refused('notNow'));
  });

  test('what touches the screens only is pushed as soon as the rest', async () => {
    const last = () => host.pushed.at(-1)?.value as TillView | undefined;
    await host.ask({ name: 'payment.start', args: sale });
    kit.wire.last('pushToPay').answer('17');
    await settle();
    await host.ask({ name: 'payment.seen', args: { id: 1 } });
    await kit.run(5);
    expect(last()?.front).toBeNull();
    const soon = async (name: string, args: unknown) => {
      expect(await host.ask({ name, args })).toMatchObject({ ok: true });
      await kit.run(0.1);
      return last();
    };
    expect((await soon('till.setLanguage', { language: 'id' }))?.language).toBe('id');
    expect((await soon('till.setSound', { on: false }))?.sound).toBe(false);
    expect((await soon('payment.show', { id: 1 }))?.front?.id).toBe(1);
    expect((await soon('payment.seen', { id: 1 }))?.front).toBeNull();
  });

  test('a refusal carries the values its sentence needs', async () => {
    const reply = await host.ask({ name: 'payment.start', args: { ...sale, amount: 5 } });
    expect(reply).toEqual({
      ok: false,
      refusal: { key: 'refusal.amountBelowMinimum', values: { minimum: 'Rp\u00a01.000' } },
    });
  });

  test("what goes out is in the contract's shape", async () => {
    await host.ask({ name: 'payment.start', args: sale });
    await kit.run(70);
    expect(host.pushed.length).toBeGreaterThan(3);
    let revision = 0;
    for (const { name, value } of host.pushed) {
      expect(name).toBe('till.view');
      const view = TillView.parse(value);
      expect(view.revision).toBeGreaterThan(revision);
      revision = view.revision;
    }
  });

  test('an idle till pushes nothing', async () => {
    await kit.run(5);
    const before = host.pushed.length;
    await kit.run(60);
    expect(host.pushed.length).toBe(before);
  });
});

test('every channel says who may call', () => {
  for (const request of Object.values(requests))
    expect(['cashier', 'manager', 'installer']).toContain(request.role);
});

function ring(): unknown {
  const message: Record<string, unknown> = { name: 'till.view' };
  message.args = { message };
  return message;
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let n = 0; n < depth; n += 1) value = { value };
  return { name: 'till.view', args: value };
}
