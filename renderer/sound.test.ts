import { describe, expect, test } from 'vitest';
import type { PaymentView, TillView } from '../shared/view.ts';
import { payment as made, states } from '../test/gallery/states.ts';
import { soundOf, tunes } from './sound.ts';

const payment = (more: Partial<PaymentView>): PaymentView => made({ phase: 'paid', ...more });
const view = (more: Partial<TillView>): TillView => ({
  ...states['new-payment'],
  recent: [],
  ...more,
});
const waiting = payment({ id: 7, phase: 'waiting' });

describe('the sound of an end', () => {
  test('paid and not paid on the screen', () => {
    const before = view({ front: waiting });
    expect(soundOf(before, view({ front: payment({ id: 7, phase: 'paid' }) }))).toBe('paid');
    for (const phase of ['notCharged', 'reversed'] as const) {
      expect(soundOf(before, view({ front: payment({ id: 7, phase }) }))).toBe('notPaid');
    }
    expect(soundOf(before, view({ front: payment({ id: 7, phase: 'needsAttention' }) }))).toBe(
      'attention',
    );
  });

  test('a late "paid" in the tray is the loudest of all', () => {
    const late = payment({ id: 7, phase: 'paid', unseenEnd: true });
    const other = payment({ id: 8, phase: 'notCharged' });
    expect(
      soundOf(
        view({ tray: [waiting], front: payment({ id: 8, phase: 'waiting' }) }),
        view({ tray: [late], front: other }),
      ),
    ).toBe('paidLate');
  });

  test('a payment that began and ended between two views is heard', () => {
    expect(soundOf(view({}), view({ front: payment({ id: 7, phase: 'paid' }) }))).toBe('paid');
  });

  test('nothing sounds twice, nor on a reload, nor for an old payment that is looked at', () => {
    const over = view({ front: payment({ id: 7, phase: 'paid' }) });
    expect(soundOf(over, over)).toBeNull();
    expect(soundOf(null, over)).toBeNull();
    const old = payment({ id: 3, phase: 'paid' });
    expect(soundOf(view({ recent: [payment({ id: 9 })] }), view({ front: old }))).toBeNull();
  });

  test('nothing sounds while a payment is in doubt: nothing is certain yet', () => {
    for (const phase of ['checking', 'reversalDue', 'askedAgain', 'reversing'] as const) {
      expect(
        soundOf(view({ front: waiting }), view({ front: payment({ id: 7, phase }) })),
      ).toBeNull();
    }
  });
});

test('paid rises, not paid falls, an octave and more apart', () => {
  const [paid, notPaid] = [tunes.paid.tones, tunes.notPaid.tones];
  const pitch = (tones: typeof paid) => tones.map(({ hz }) => hz);
  expect(pitch(paid)).toEqual(pitch(paid).toSorted((a, b) => a - b));
  expect(pitch(notPaid)).toEqual(pitch(notPaid).toSorted((a, b) => b - a));
  expect(Math.min(...pitch(paid))).toBeGreaterThan(2 * Math.max(...pitch(notPaid)));
});
