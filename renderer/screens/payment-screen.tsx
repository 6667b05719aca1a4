import { formatRupiah } from '../../shared/money-text.ts';
import { instant, jakartaStamp, jakartaTime } from '../../shared/time-text.ts';
import type { Countdown, PaymentView } from '../../shared/view.ts';
import { formatLeft, leftNow } from '../countdown.ts';
import { Ring } from '../parts/ring.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { ShapeMark } from '../parts/shapes.tsx';
import { Steps } from '../parts/steps.tsx';
import { headlineOf, isOver, linesOf, looks, reasonBelow, withoutPastWait } from '../phases.ts';
import { useSpeech } from '../speech.ts';
import { useTill } from '../store.ts';
import { useBeat } from '../ticker.ts';
import { PaymentActions } from './payment-actions.tsx';

/** One payment, whatever its phase: what is true, what the till does about it, what to do now. */
export function PaymentScreen({ payment }: { payment: PaymentView }) {
  const { say } = useSpeech();
  const shownInstead = useTill((state) => state.draft.shownInstead === payment.id);
  const { tone } = looks[payment.phase];
  const over = isOver(payment.phase);
  return (
    <section
      className={`payment tone-${tone} ${over ? 'over' : 'under-way'}`}
      aria-labelledby="headline"
    >
      {payment.earlier && (
        <p className="notice">
          {say('payment.earlier', { at: jakartaStamp(instant(payment.startedAt)).slice(0, 16) })}
        </p>
      )}
      {payment.paidOtherwise && <p className="notice">{say('payment.paidOtherwise')}</p>}
      {shownInstead && <p className="notice">{say('newPayment.shownInstead')}</p>}
      <header>
        <p className={payment.amount < 100_000_000 ? 'amount' : 'amount long'}>
          {formatRupiah(payment.amount)}
        </p>
        <p className="phone">{payment.phoneMasked}</p>
      </header>
      <div className="body">
        <div className="figure">
          <Figure payment={payment} />
        </div>
        <div className="says">
          {/* While there is nothing to press the focus rests on the largest words. */}
          <h1 id="headline" tabIndex={-1} data-first={!over || undefined}>
            <Sentence message={headlineOf(payment)} otherwise="reason.unknown" />
          </h1>
          <Why payment={payment} />
          {payment.phase === 'waiting' && (
            <p className="instruction">
              <Sentence message="waiting.instruction" />
            </p>
          )}
          <WhatNow payment={payment} />
        </div>
      </div>
      <Steps phase={payment.phase} />
      <Details payment={payment} />
      <PaymentActions key={`${payment.id} ${payment.phase}`} payment={payment} />
    </section>
  );
}

const customersTime = { running: 'waiting.seconds', over: 'waiting.over' } as const;
const untilTheCheck = { running: 'interrupted.seconds', over: 'interrupted.over' } as const;

/** A ring while a wait that main has named runs, otherwise the shape of the phase. */
function Figure({ payment: { phase, countdown, next } }: { payment: PaymentView }) {
  if (phase === 'waiting' && countdown !== null)
    return <MainsRing countdown={countdown} words={customersTime} />;
  if (phase === 'interrupted' && next !== null)
    return <MainsRing countdown={next} words={untilTheCheck} />;
  return <ShapeMark shape={looks[phase].shape} />;
}

function MainsRing(props: {
  countdown: Countdown;
  words: typeof customersTime | typeof untilTheCheck;
}) {
  const receivedAt = useTill((state) => state.receivedAt);
  return <Ring left={leftNow(props.countdown, receivedAt, useBeat())} words={props.words} />;
}

/** The reason below the headline, and the small line that OVO mandates below a timeout. */
function Why({ payment }: { payment: PaymentView }) {
  const below = reasonBelow(payment);
  const timeout = below === 'reason.timeout' || headlineOf(payment) === 'reason.timeout';
  return (
    <>
      {below !== null && (
        <p className="why">
          <Sentence message={below} />
        </p>
      )}
      {timeout && (
        <p className="small">
          <Sentence message="timeout.small" />
        </p>
      )}
    </>
  );
}

function WhatNow({ payment }: { payment: PaymentView }) {
  const { language, say } = useSpeech();
  const view = useTill((state) => state.view);
  const receivedAt = useTill((state) => state.receivedAt);
  const now = useBeat();
  const { next } = payment;
  const leftMs = next === null ? 0 : leftNow(next, receivedAt, now).ms;
  const { truth, till, you } = linesOf(withoutPastWait(payment, leftMs));
  const values = {
    attempt: payment.reversalAttempt,
    left: next === null ? '' : formatLeft(leftMs, language),
    at: next === null || view === null ? '' : jakartaTime(instant(view.now + next.leftMs)),
  };
  return (
    <>
      {truth !== null && <p className="truth">{say(truth)}</p>}
      <dl className="now">
        {till !== null && (
          <div>
            <dt>{say('label.till')}</dt>
            <dd>{say(till, values)}</dd>
          </div>
        )}
        <div className="you">
          <dt>{say('label.you')}</dt>
          <dd>{say(you)}</dd>
        </div>
      </dl>
    </>
  );
}

/**
 * The code that explains an end. After a payment or a reversal it is 00, which says of a reversal
 * that it succeeded, and would read as if the payment had.
 */
function codeOf({ phase, code }: PaymentView): string | null {
  return phase === 'notCharged' || phase === 'needsAttention' ? code : null;
}

/** What a receipt or a call to support needs; codes are here, small, and never the message. */
function Details({ payment }: { payment: PaymentView }) {
  const { say } = useSpeech();
  if (!isOver(payment.phase)) return null;
  const time = jakartaTime(instant(payment.endedAt ?? payment.startedAt));
  const numbers = [payment.batch, payment.reference].filter((part) => part !== null).join(' / ');
  const rows: [string, string | null, string][] = [
    [say('detail.approval'), payment.approvalCode, 'approval'],
    [say('detail.time'), `${time} WIB`, 'time'],
    [say('detail.code'), codeOf(payment), 'code'],
    [say('detail.batch'), numbers || null, 'batch'],
    [say('detail.invoice'), payment.invoice, 'invoice'],
  ];
  return (
    <dl className="details">
      {rows.map(
        ([term, value, name]) =>
          value !== null && (
            <div key={name} className={name}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
