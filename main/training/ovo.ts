import { dayMs, type Instant, instant, jakartaDay } from '../../shared/time.ts';
import type { Clock } from '../platform/clock.ts';
import { formed, namingAnotherInvoice, phoneAnswer } from './answers.ts';
import type { BookPayment, Books } from './books.ts';
import { firstState, isKnown, truth } from './fate.ts';
import { type Play, type Reply, startPlay } from './play.ts';
import type { Message, PaymentBody } from './protocol.ts';
import { type Story, storyAtOnce, storyOf } from './stories.ts';

/** Status checks reach back this far. */
const checkReachMs = 7 * dayMs;
/** Reversals and voids end here, in milliseconds into the payment's own day in Jakarta. */
const cutOffMs = (23 * 60 + 59) * 60_000;

type PaymentMessage = Extract<Message, { body: PaymentBody }>;

export interface OvoOptions {
  readonly clock: Clock;
  readonly books: Books;
  /** Every push is approved at once, whatever its phone (for benchmarks). */
  readonly answerAtOnce: boolean;
  /** Refuses connections for a minute, once the answer in hand is out. */
  readonly takeLineDown: () => void;
}

export interface Ovo {
  /** Acts on a message and answers it, now, later or never. `note` ties it to its payment. */
  receive(message: Message, reply: Reply, note: (paymentId: number) => void): void;
  readonly play: Play;
}

/** What acting on one message needs. */
interface Desk extends OvoOptions {
  readonly play: Play;
  readonly storyOf: (phone: string) => Story;
  readonly note: (paymentId: number) => void;
  readonly reply: Reply;
}

/** OVO as the till meets it, after the reading: acts on messages by the books and the stories. */
export function createOvo(options: OvoOptions): Ovo {
  const chosen = (phone: string): Story => (options.answerAtOnce ? storyAtOnce : storyOf(phone));
  const play = startPlay({ clock: options.clock, books: options.books, storyOf: chosen });
  return {
    play,
    receive(message, reply, note) {
      const desk: Desk = { ...options, play, storyOf: chosen, note, reply };
      switch (message.operation) {
        case 'phoneCheck':
          return checkPhone(desk, message);
        case 'pushToPay':
          return push(desk, message);
        case 'reversal':
        case 'void':
          return takeBack(desk, message);
        case 'statusCheck':
        case 'voidStatusCheck':
          return check(desk, message);
      }
    },
  };
}

function checkPhone(desk: Desk, message: Extract<Message, { operation: 'phoneCheck' }>) {
  const { phoneCheck } = desk.storyOf(message.body.transactionRequestData.phone);
  if (phoneCheck === 'unanswered') return;
  if (phoneCheck !== 'answeredThenLineDown') {
    return desk.reply(phoneAnswer(message, phoneCheck.code));
  }
  desk.takeLineDown();
  desk.reply(phoneAnswer(message, '00'));
}

function push(desk: Desk, message: PaymentMessage) {
  const { books } = desk;
  const { body } = message;
  const { batchNo, merchantInvoice, phone = '' } = body.transactionRequestData;
  const [batch, reference] = [Number(batchNo), Number(body.referenceNumber)];
  const used = books.usedBefore(body.tid, batch, reference, merchantInvoice);
  if (used !== null) return say(desk, message, null, '94', used);
  const highest = books.highest(body.tid, batch);
  const story = desk.storyOf(phone);
  const now = desk.clock.wall();
  const { state, code } = firstState(story);
  const id = books.addPayment({
    tid: body.tid,
    ...asSent(body),
    batch,
    reference,
    invoice: merchantInvoice,
    phone,
    amount: body.amount,
    pushDate: body.date,
    story: story.digits,
    receivedAt: now,
    state,
    code,
    endedAt: code === null ? null : now,
  });
  desk.note(id);
  // Requests sent at the same moment may overtake each other: told in the books, not refused.
  const odd = reference < highest ? `reference ${reference} came after ${highest}` : undefined;
  const reply: Reply = (answer) => desk.reply(answer, odd);
  desk.play.begin(id, story, { body, answerType: message.answerType, reply });
}

function check(desk: Desk, message: PaymentMessage) {
  const { payment, reason } = find(desk.books, message.body);
  if (!payment) return say(desk, message, null, '25', reason);
  desk.note(payment.id);
  if (payment.pushDate !== message.body.date) {
    return say(desk, message, null, '25', 'the date is not that of the payment');
  }
  if (desk.clock.wall() - payment.receivedAt > checkReachMs) return say(desk, message, null, '54');
  if (message.operation === 'voidStatusCheck') {
    return say(desk, message, payment, payment.voidedAt === null ? '25' : '00');
  }
  const told = desk.storyOf(payment.phone).check;
  if (told === null || payment.reversedAt !== null) {
    return say(desk, message, payment, truth(payment));
  }
  if (told !== 'namesAnotherInvoice') return say(desk, message, payment, told.code);
  desk.reply(namingAnotherInvoice(about(desk, message, payment, '00')));
}

/** Reversal and void. */
function takeBack(desk: Desk, message: PaymentMessage) {
  const { payment, reason } = find(desk.books, message.body);
  if (!payment) return say(desk, message, null, '25', reason);
  desk.note(payment.id);
  const now = desk.clock.wall();
  if (pastCutOff(payment, now)) {
    return say(desk, message, payment, '40', 'after 23:59 of the day of the payment');
  }
  if (payment.reversedAt !== null || payment.voidedAt !== null || payment.code === '73') {
    return say(desk, message, payment, '73');
  }
  if (message.operation === 'void') voidPayment(desk, message, payment, now);
  else reverse(desk, message, payment, now);
}

function voidPayment(desk: Desk, message: PaymentMessage, payment: BookPayment, now: Instant) {
  if (payment.state !== 'charged') return say(desk, message, payment, '25', 'nothing was charged');
  desk.books.change(payment.id, { state: 'voided', voidedAt: now });
  say(desk, message, payment, '00');
}

function reverse(desk: Desk, message: PaymentMessage, payment: BookPayment, now: Instant) {
  const reversalsSeen = payment.reversalsSeen + 1;
  if (reversalsSeen <= desk.storyOf(payment.phone).reversalsUnanswered) {
    return desk.books.change(payment.id, { reversalsSeen });
  }
  const endedAt = payment.endedAt ?? now;
  desk.books.change(payment.id, { state: 'reversed', reversedAt: now, endedAt, reversalsSeen });
  say(desk, message, payment, '00');
}

/** The payment a message is about, if OVO knows it and every particular is as it was sent. */
function find(books: Books, body: PaymentBody): { payment: BookPayment | null; reason?: string } {
  const { merchantInvoice, phone } = body.transactionRequestData;
  const { batchSent, referenceSent } = asSent(body);
  const payment = books.find(body.tid, batchSent, referenceSent, merchantInvoice);
  if (!payment || !isKnown(payment)) return { payment: null, reason: 'no such payment' };
  if (payment.amount !== body.amount) return { payment: null, reason: 'the amount is another' };
  if (phone !== undefined && payment.phone !== phone) {
    return { payment: null, reason: 'the phone is another' };
  }
  return { payment };
}

const asSent = (body: PaymentBody) => ({
  batchSent: JSON.stringify(body.transactionRequestData.batchNo),
  referenceSent: JSON.stringify(body.referenceNumber),
});

function about(desk: Desk, message: PaymentMessage, payment: BookPayment | null, code: string) {
  const { body, answerType } = message;
  return { body, answerType, code, paymentId: payment?.id ?? null, now: desk.clock.wall() };
}

function say(
  desk: Desk,
  message: PaymentMessage,
  payment: BookPayment | null,
  code: string,
  reason?: string,
): void {
  desk.reply(formed(about(desk, message, payment, code), 'plain'), reason);
}

function pastCutOff(payment: BookPayment, now: Instant): boolean {
  if (jakartaDay(now) !== jakartaDay(instant(payment.receivedAt))) return true;
  return (now + 7 * 3_600_000) % dayMs >= cutOffMs;
}
