import { missingCase } from '../shared/never.ts';
import type { PaymentView, Phase } from '../shared/view.ts';
import { en } from '../shared/words/en.ts';
import type { MessageKey } from '../shared/words/index.ts';

/**
 * Green, amber and red mean paid, in doubt and failed, and nothing else. `settled` is an end that is
 * neither paid nor failed: quiet, for there is nothing left to do about it.
 */
export type Tone = 'plain' | 'paid' | 'doubt' | 'failed' | 'settled';
export type Shape = 'pause' | 'phone' | 'send' | 'check' | 'cross' | 'back' | 'ask' | 'person';

export const looks: Readonly<Record<Phase, { readonly tone: Tone; readonly shape: Shape }>> = {
  checkingPhone: { tone: 'plain', shape: 'phone' },
  phoneUnchecked: { tone: 'plain', shape: 'ask' },
  sending: { tone: 'plain', shape: 'send' },
  waiting: { tone: 'plain', shape: 'phone' },
  interrupted: { tone: 'doubt', shape: 'pause' },
  checking: { tone: 'doubt', shape: 'ask' },
  reversalDue: { tone: 'doubt', shape: 'back' },
  askedAgain: { tone: 'doubt', shape: 'ask' },
  reversing: { tone: 'doubt', shape: 'back' },
  paid: { tone: 'paid', shape: 'check' },
  notCharged: { tone: 'failed', shape: 'cross' },
  reversed: { tone: 'settled', shape: 'back' },
  needsAttention: { tone: 'doubt', shape: 'person' },
  resolved: { tone: 'settled', shape: 'person' },
};

/** It has ended, or a person has to go on with it: Enter is for the next customer. */
export function isOver(phase: Phase): boolean {
  return /^(paid|notCharged|reversed|needsAttention|resolved)$/.test(phase);
}

export type StepState = 'done' | 'current' | 'todo';
export interface Step {
  readonly key: MessageKey;
  readonly state: StepState;
}

const stepKeys = ['steps.sent', 'steps.confirms', 'steps.checking', 'steps.reversing'] as const;

/** The line that fills: sent · customer confirms · checking · reversing. Null before and after it. */
export function stepsOf(phase: Phase): readonly Step[] | null {
  const current = currentStep(phase);
  if (current === null) return null;
  return stepKeys.map((key, index) => ({
    key,
    state: index < current ? 'done' : index === current ? 'current' : 'todo',
  }));
}

function currentStep(phase: Phase): number | null {
  switch (phase) {
    case 'sending':
      return 0;
    case 'waiting':
      return 1;
    case 'checking':
    case 'askedAgain':
      return 2;
    case 'reversalDue':
    case 'reversing':
      return 3;
    case 'checkingPhone':
    case 'phoneUnchecked':
    // Nobody knows how far it is.
    case 'interrupted':
    case 'paid':
    case 'notCharged':
    case 'reversed':
    case 'needsAttention':
    case 'resolved':
      return null;
    default:
      return missingCase(phase);
  }
}

/** The largest words on a payment's screen, as a key; what main sends may be unknown here. */
export function headlineOf(payment: Pick<PaymentView, 'phase' | 'reason'>): string {
  const { phase, reason } = payment;
  if (phase === 'paid') return 'reason.paid';
  if (phase === 'notCharged') return reason ?? 'phase.notCharged.title';
  if (phase === 'reversalDue' && (reason === null || reason === 'reason.timeout')) {
    return 'reason.timeout';
  }
  return `phase.${phase}.title`;
}

/** Why, below the headline, where the headline does not say it already. */
export function reasonBelow(payment: Pick<PaymentView, 'phase' | 'reason'>): string | null {
  const { phase, reason } = payment;
  if (reason === null || reason === headlineOf(payment)) return null;
  // While OVO is being asked it is too early for "timeout": a 00 may still come.
  if (/^(checkingPhone|sending|waiting|interrupted|checking|paid|resolved)$/.test(phase))
    return null;
  return reason === 'reason.beingChecked' || reason === 'reason.wasReversed' ? null : reason;
}

export interface Lines {
  /** What is so; null where the mandated words on the screen say it. */
  readonly truth: MessageKey | null;
  readonly till: MessageKey | null;
  readonly you: MessageKey;
}

/** What is so, what the till does about it, what the person does now. */
export function linesOf(payment: Pick<PaymentView, 'phase' | 'reason' | 'next'>): Lines {
  const { phase, next, reason } = payment;
  const till = next === null ? `phase.${phase}.till` : `phase.${phase}.tillNext`;
  const advice = `next.${(reason ?? '').replace(/^reason\./, '')}`;
  return {
    truth: known(`phase.${phase}.true`),
    till: known(till) ?? known(`phase.${phase}.till`),
    you: known(`phase.${phase}.you`) ?? known(advice) ?? 'next.generic',
  };
}

/**
 * After a restart each payment waits for its turn once its time has come (rule 15): then no time is
 * named, rather than one that is over.
 */
export function withoutPastWait<P extends Pick<PaymentView, 'phase' | 'next'>>(
  payment: P,
  leftMs: number,
): P {
  return payment.phase === 'interrupted' && leftMs <= 0 ? { ...payment, next: null } : payment;
}

/** What the till is doing about a payment in the tray, in one line. */
export function trayLine(payment: Pick<PaymentView, 'phase' | 'next' | 'countdown'>): MessageKey {
  const { phase, next, countdown } = payment;
  if (phase === 'waiting') return countdown === null ? 'tray.waitingEnd' : 'tray.waiting';
  return (next === null ? null : known(`tray.${phase}Next`)) ?? `tray.${phase}`;
}

function known(key: string): MessageKey | null {
  return Object.hasOwn(en, key) ? (key as MessageKey) : null;
}
