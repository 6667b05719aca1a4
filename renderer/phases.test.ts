import { describe, expect, test } from 'vitest';
import type { Phase } from '../shared/view.ts';
import {
  headlineOf,
  isOver,
  linesOf,
  looks,
  reasonBelow,
  stepsOf,
  trayLine,
  withoutPastWait,
} from './phases.ts';

const states = (phase: Phase) => stepsOf(phase)?.map(({ state }) => state);
const payment = (phase: Phase, reason: string | null = null) => ({
  phase,
  reason,
  next: null,
  countdown: null,
});
const soon = { leftMs: 8_000, totalMs: 30_000 };

describe('the line of phases', () => {
  test('fills from left to right', () => {
    expect(states('sending')).toEqual(['current', 'todo', 'todo', 'todo']);
    expect(states('waiting')).toEqual(['done', 'current', 'todo', 'todo']);
    expect(states('askedAgain')).toEqual(['done', 'done', 'current', 'todo']);
    expect(states('reversing')).toEqual(['done', 'done', 'done', 'current']);
  });

  test('is absent before sending and after the end', () => {
    expect([stepsOf('checkingPhone'), stepsOf('paid'), stepsOf('needsAttention')]).toEqual([
      null,
      null,
      null,
    ]);
  });
});

test('green is for paid alone, and nothing in doubt looks declined', () => {
  const tones = Object.entries(looks).map(([phase, { tone }]) => [phase, tone]);
  expect(tones.filter(([, tone]) => tone === 'paid').map(([phase]) => phase)).toEqual(['paid']);
  expect(tones.filter(([, tone]) => tone === 'failed').map(([phase]) => phase)).toEqual([
    'notCharged',
  ]);
  // A safe end is not a failure: nothing is left to do about it.
  expect(looks.reversed.tone).toBe('settled');
});

test('only what has ended, or needs a person, goes on with Enter', () => {
  expect((Object.keys(looks) as Phase[]).filter(isOver)).toEqual([
    'paid',
    'notCharged',
    'reversed',
    'needsAttention',
    'resolved',
  ]);
});

describe('the words of a payment', () => {
  test('mandated: no answer within 60 s is a Transaction Timeout', () => {
    expect(headlineOf(payment('reversalDue'))).toBe('reason.timeout');
    expect(headlineOf(payment('reversalDue', 'reason.timeout'))).toBe('reason.timeout');
    expect(headlineOf(payment('reversalDue', 'reason.beingChecked'))).toBe(
      'phase.reversalDue.title',
    );
  });

  test('a decline’s headline is its reason, said once', () => {
    expect(headlineOf(payment('notCharged', 'reason.canceledByUser'))).toBe(
      'reason.canceledByUser',
    );
    expect(reasonBelow(payment('notCharged', 'reason.canceledByUser'))).toBeNull();
    expect(linesOf(payment('notCharged', 'reason.pushFailed')).you).toBe('next.pushFailed');
    expect(linesOf(payment('notCharged', 'reason.new')).you).toBe('next.generic');
  });

  test('it is no timeout yet while OVO is being asked', () => {
    expect(reasonBelow(payment('checking', 'reason.timeout'))).toBeNull();
    expect(reasonBelow(payment('reversing', 'reason.timeout'))).toBe('reason.timeout');
  });

  test('needs attention says why, below', () => {
    expect(reasonBelow(payment('needsAttention', 'attention.cutOff'))).toBe('attention.cutOff');
  });

  test('rule 22: after an interruption the till names when it asks OVO, until that is over', () => {
    const waits = { ...payment('interrupted'), next: soon };
    expect(linesOf(withoutPastWait(waits, 8_000)).till).toBe('phase.interrupted.tillNext');
    expect(linesOf(withoutPastWait(waits, 0)).till).toBe('phase.interrupted.till');
    expect(trayLine(withoutPastWait(waits, 8_000))).toBe('tray.interruptedNext');
    expect(trayLine(withoutPastWait(waits, 0))).toBe('tray.interrupted');
    expect(stepsOf('interrupted')).toBeNull();
  });

  test('what comes next has its own words', () => {
    expect(linesOf({ ...payment('reversing'), next: soon }).till).toBe('phase.reversing.tillNext');
    expect(linesOf(payment('reversing')).till).toBe('phase.reversing.till');
    expect(trayLine({ ...payment('reversing'), next: soon })).toBe('tray.reversingNext');
    expect(trayLine({ ...payment('paid'), next: soon })).toBe('tray.paid');
    expect(trayLine(payment('waiting'))).toBe('tray.waitingEnd');
  });
});
