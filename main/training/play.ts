import { type Instant, instant, type Mono, mono } from '../../shared/time.ts';
import type { Clock } from '../platform/clock.ts';
import { formed, type WireAnswer } from './answers.ts';
import type { BookPayment, Books } from './books.ts';
import { nextStep, type Step, truth } from './fate.ts';
import type { PaymentBody } from './protocol.ts';
import type { AnswerForm, Story } from './stories.ts';

/**
 * Keeps an answer in the books and then sends it; never called is an answer that never comes.
 * Throws if the books cannot be written, and has sent nothing then.
 */
export type Reply = (answer: WireAnswer, reason?: string) => void;

/** A push whose sender may still listen. */
export interface Listener {
  readonly body: PaymentBody;
  readonly answerType: string;
  readonly reply: Reply;
}

export interface Play {
  /** Starts the story of a payment that has just entered the books. */
  begin(paymentId: number, story: Story, listener: Listener): void;
  /**
   * What the customer does on the phone page. False if the payment no longer waits. Throws if the
   * books cannot be written: it then goes on waiting.
   */
  decide(paymentId: number, does: 'approves' | 'declines'): boolean;
  /** Milliseconds that the customer of a waiting payment has left; null if it does not wait. */
  leftMs(paymentId: number): number | null;
  /** Forgets all timers. The books keep what is needed to go on. */
  close(): void;
}

export interface PlayOptions {
  readonly clock: Clock;
  readonly books: Books;
  readonly storyOf: (phone: string) => Story;
}

/** What could not be written into the books is tried again this soon, in milliseconds. */
const writeAgainMs = 1_000;

/**
 * Lets the stories run. Timers count on the monotonic clock; what would have happened while the
 * simulator was away is entered in the books when it starts, with the time it would have had. While
 * the books cannot be written (a full disk), the stories wait: what a timer throws ends the till.
 */
export function startPlay({ clock, books, storyOf }: PlayOptions): Play {
  const listeners = new Map<number, Listener>();
  const receivedAt = new Map<number, Mono>();
  const timers = new Set<() => void>();

  function after(at: Mono, call: () => void): void {
    const cancel = clock.at(at, () => {
      timers.delete(cancel);
      nowOrLater(call);
    });
    timers.add(cancel);
  }

  function nowOrLater(call: () => void): void {
    try {
      call();
    } catch {
      after(mono(clock.mono() + writeAgainMs), call);
    }
  }

  /** Runs a payment's story up to now and sets the timer for what comes next. */
  function runOn(id: number, timeOf: (step: Step) => Instant): void {
    const received = receivedAt.get(id) ?? clock.mono();
    for (;;) {
      const payment = books.payment(id);
      if (payment) answerDecision(payment);
      const step = payment && nextStep(payment, storyOf(payment.phone));
      if (!payment || !step) {
        receivedAt.delete(id);
        listeners.delete(id);
        return;
      }
      const due = mono(received + step.afterMs);
      if (due > clock.mono()) {
        after(due, () => runOn(id, () => clock.wall()));
        return;
      }
      enter(id, step.does, timeOf(step));
    }
  }

  function enter(id: number, does: Step['does'], at: Instant): void {
    if (does === 'arrives') books.change(id, { state: 'pending' });
    if (does === 'expires') books.change(id, { state: 'expired', endedAt: at });
    if (does === 'isTakenBack') {
      books.change(id, { state: 'reversed', reversedAt: at, endedAt: at });
    }
    if (does === 'approves') {
      books.change(id, { state: 'charged', code: '00', chargedAt: at, endedAt: at });
    }
    if (does === 'declines') {
      books.change(id, { state: 'declined', code: '17', endedAt: at });
    }
  }

  /** Looked at apart from the decision: it may be in the books and its answer not yet. */
  function answerDecision(payment: BookPayment): void {
    if (payment.state !== 'charged' && payment.state !== 'declined') return;
    const { answer } = storyOf(payment.phone);
    const listener = listeners.get(payment.id);
    if (answer.when === 'decided' && listener) answerPush(payment.id, answer.form, listener);
  }

  function answerPush(id: number, form: AnswerForm, listener: Listener): void {
    const payment = books.payment(id);
    if (!payment) return;
    const { body, answerType, reply } = listener;
    const code = truth(payment);
    reply(formed({ body, answerType, code, paymentId: id, now: clock.wall() }, form));
    if (listeners.get(id) === listener) listeners.delete(id);
  }

  function begin(id: number, story: Story, listener: Listener): void {
    receivedAt.set(id, clock.mono());
    listeners.set(id, listener);
    const { answer, fate } = story;
    if (fate.kind === 'refused') answerPush(id, 'plain', listener);
    else if (answer.when === 'after') {
      const send = () => answerPush(id, answer.form, listener);
      if (answer.afterMs === 0) send();
      else after(mono(clock.mono() + answer.afterMs), send);
    }
    runOn(id, () => clock.wall());
  }

  function catchUp(): void {
    for (const payment of books.unfinished()) {
      // A wall clock set back while nobody watched must not lengthen a session.
      const away = Math.max(0, clock.wall() - payment.receivedAt);
      receivedAt.set(payment.id, mono(clock.mono() - away));
      const timeOf = (step: Step) => instant(payment.receivedAt + step.afterMs);
      nowOrLater(() => runOn(payment.id, timeOf));
    }
  }

  catchUp();
  return {
    begin,
    decide(id, does) {
      const payment = books.payment(id);
      if (payment?.state !== 'pending') return false;
      enter(id, does, clock.wall());
      nowOrLater(() => runOn(id, () => clock.wall()));
      return true;
    },
    leftMs(id) {
      const payment = books.payment(id);
      const received = receivedAt.get(id);
      if (payment?.state !== 'pending' || received === undefined) return null;
      const expiry = nextStep(payment, { ...storyOf(payment.phone), fate: { kind: 'nobody' } });
      return expiry ? Math.max(0, received + expiry.afterMs - clock.mono()) : null;
    },
    close() {
      for (const cancel of timers) cancel();
      timers.clear();
    },
  };
}
