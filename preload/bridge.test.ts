import { describe, expect, test } from 'vitest';
import type { RequestName } from '../shared/ipc.ts';
import { makeBridge, type Wire } from './bridge.ts';

type Listener = (event: unknown, message: unknown) => void;

function wireThatSays(reply: unknown) {
  const sent: unknown[] = [];
  const listeners = new Set<Listener>();
  const wire: Wire = {
    invoke: async (channel, message) => {
      sent.push([channel, message]);
      if (reply instanceof Error) throw reply;
      return reply;
    },
    on: (_channel, listener) => listeners.add(listener),
    removeListener: (_channel, listener) => listeners.delete(listener),
  };
  const push = (message: unknown) => {
    for (const listener of listeners) listener({}, message);
  };
  return { wire, sent, listeners, push };
}

const badMessage = { ok: false, refusal: { key: 'refusal.badMessage', values: {} } };
const internal = { ok: false, refusal: { key: 'refusal.internal', values: {} } };

describe('requests', () => {
  test('cross as name and arguments on one channel', async () => {
    const { wire, sent } = wireThatSays({ ok: true, result: {} });
    expect(await makeBridge(wire).request('payment.seen', { id: 7 })).toEqual({
      ok: true,
      result: {},
    });
    expect(sent).toEqual([['gerai:request', { name: 'payment.seen', args: { id: 7 } }]]);
  });

  test('a refusal comes through with its key and values', async () => {
    const refused = { ok: false, refusal: { key: 'refusal.notNow', values: { id: 7 } } };
    expect(await makeBridge(wireThatSays(refused).wire).request('payment.goOn', { id: 7 })).toEqual(
      refused,
    );
  });

  test('an unknown name is refused without being sent', async () => {
    const { wire, sent } = wireThatSays({ ok: true, result: {} });
    const name: string = 'payment.void';
    expect(await makeBridge(wire).request(name as RequestName, { id: 7 })).toEqual(badMessage);
    expect(await makeBridge(wire).request('toString' as RequestName, { id: 7 })).toEqual(
      badMessage,
    );
    expect(sent).toEqual([]);
  });

  test('wrong arguments are refused without being sent', async () => {
    const { wire, sent } = wireThatSays({ ok: true, result: {} });
    expect(await makeBridge(wire).request('payment.seen', { id: -1 })).toEqual(badMessage);
    expect(sent).toEqual([]);
  });

  test.each([
    [null],
    ['ok'],
    [{ ok: true, result: { kind: 'paid' } }],
    [{ ok: true }],
    [new Error('gone')],
  ])('an answer outside the contract is no answer: %j', async (reply) => {
    expect(await makeBridge(wireThatSays(reply).wire).request('payment.seen', { id: 7 })).toEqual(
      internal,
    );
  });
});

describe('pushes', () => {
  test('one that does not fit the contract is left out, and unsubscribing ends them', () => {
    const { wire, listeners, push } = wireThatSays(null);
    const seen: unknown[] = [];
    const stop = makeBridge(wire).onPush('till.view', (view) => seen.push(view));
    push({ name: 'till.view', value: { revision: 'one' } });
    push({ name: 'till.other', value: {} });
    push('noise');
    expect(seen).toEqual([]);
    stop();
    expect(listeners.size).toBe(0);
  });
});
