import { formatRupiah } from '../../shared/money-text.ts';
import { instant, jakartaStamp, jakartaTime } from '../../shared/time-text.ts';
import type { PaymentView } from '../../shared/view.ts';
import { formatLeft, leftNow } from '../countdown.ts';
import { Ring } from '../parts/ring.tsx';
import { Sentence } from '../parts/sentence.tsx';
import { ShapeMark } from '../parts/shapes.tsx';
import { Steps } from '../parts/steps.tsx';
import { headlineOf, isOver, linesOf, looks, reasonBelow } from '../phases.ts';
import { useSpeech } from '../speech.ts';
import { useTill } from '../store.ts';
import { useBeat } from '../ticker.ts';
import { PaymentActions } from './payment-actions.tsx';

/** One payment, whatever its phase: what is true, what the till does about it, what to do now. */
export function PaymentScreen({ payment }: { payment: PaymentView }) {
  const { say } = useSpeech();
  const shownInstead = useTill((state) => state.draft.shownInstead === payment.id);
  const { tone, shape } = looks[payment.phase];
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
          {payment.phase === 'waiting' && payment.countdown !== null ? (
            <CustomerRing countdown={payment.countdown} />
          ) : (
            <ShapeMark shape={shape} />
          )}
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

function CustomerRing({ countdown }: { countdown: NonNullable<PaymentView['countdown']> }) {
  const receivedAt = useTill((state) => state.receivedAt);
  return <Ring left={leftNow(countdown, receivedAt, useBeat())} />;
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
  const { truth, till, you } = linesOf(payment);
  const { next } = payment;
  const values = {
    attempt: payment.reversalAttempt,
    left: next === null ? '' : formatLeft(leftNow(next, receivedAt, now).ms, language),
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

/** What a receipt or a call to support needs; codes are here, small, and never the message. */
function Details({ payment }: { payment: PaymentView }) {
  const { say } = useSpeech();
  if (!isOver(payment.phase)) return null;
  const time = jakartaTime(instant(payment.endedAt ?? payment.startedAt));
  const numbers = [payment.batch, payment.reference].filter((part) => part !== null).join(' / ');
  const rows: [string, string | null, string][] = [
    [say('detail.approval'), payment.approvalCode, 'approval'],
    [say('detail.time'), `${time} WIB`, 'time'],
    [say('detail.code'), payment.code, 'code'],
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
