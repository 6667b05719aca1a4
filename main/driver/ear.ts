import { ovoDate, readAnswer } from '../ovo/answer.ts';
import type { IncomingAnswer } from '../ovo/types.ts';
import type { Answer, Moment, Operation, PaymentEvent, PaymentId } from '../payment/types.ts';
import type { Landed } from './flights.ts';
import type { Ledger } from './ledger.ts';
import type { Pulse } from './pulse.ts';
import type { Watch } from './watch.ts';
import type { World } from './world.ts';

/** What an exchange's end means: to its payment, to what is known of OVO's clock, and to the strip. */
export class Ear {
  private readonly world: World;
  private readonly ledger: Ledger;
  private readonly watch: Watch;
  private readonly pulse: Pulse;

  constructor(world: World, ledger: Ledger, watch: Watch, pulse: Pulse) {
    this.world = world;
    this.ledger = ledger;
    this.watch = watch;
    this.pulse = pulse;
  }

  /**
   * Hears how an exchange ended. What is returned makes the payment's event, within the commit that
   * keeps both: looking into the books may have to wait for the disk.
   */
  listen({ id, attempt, operation, end, tookMs }: Landed): (at: Moment) => PaymentEvent {
    const { clock, log } = this.world;
    this.pulse.note(operation, end, tookMs, clock.wall(), clock.mono());
    if (end.kind === 'answer') {
      const answer = this.read(id, operation, end.answer);
      return (at) => ({ type: 'answered', at, attempt, operation, answer: answer() });
    }
    const { kind, reason, detail } = end;
    if (reason !== 'givenUp' && reason !== 'gate')
      log.warn('no answer', { payment: id, attempt, operation, end: kind, reason, detail });
    if (end.kind === 'neverSent')
      return (at) => ({ type: 'neverSent', at, attempt, reason: end.reason });
    return (at) => ({ type: 'noAnswer', at, attempt, reason: end.reason });
  }

  /**
   * Holds an answer against its payment (rule 10), and its marks against the books (rule 12a). Only
   * one that is believed shows OVO's clock: a page of some relay's does not (rule 26a).
   */
  private read(id: PaymentId, operation: Operation, incoming: IncomingAnswer): () => Answer {
    const about = this.ledger.subject(id);
    if (about === null) return () => ({ kind: 'unreadable', why: 'noSuchPayment' });
    const read = readAnswer(operation, about.subject, about.identity, incoming);
    if (read.kind !== 'believed') return () => read;
    this.watch.hear(ovoDate(incoming));
    const { traceNumber, approvalCode, code } = read;
    return () => ({
      ...read,
      // Only an approval has marks to look up, and only a contested payment turns on them.
      seenBefore:
        code === '00' &&
        this.ledger.isContested(id) &&
        this.world.store.inBooks(id, traceNumber, approvalCode),
    });
  }
}
