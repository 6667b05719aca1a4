import { formatRupiah } from '../../shared/money-text.ts';
import type { PaymentView, TillView } from '../../shared/view.ts';
import { headlineOf, linesOf } from '../phases.ts';
import { useSpeech } from '../speech.ts';
import { bySeverity, troubleWords } from './notices.tsx';

/**
 * What a screen reader is told without being asked: where the payment on the screen stands and what
 * to do, each step of those in the tray, and each that ended there. One that was paid interrupts, and so does what is wrong with the till.
 */
export function Announcer({ view }: { view: TillView }) {
  const speech = useSpeech();
  const { say, sayKey } = speech;
  const { front, tray } = view;
  const sentence = (payment: PaymentView) =>
    say('announce.ended', {
      amount: formatRupiah(payment.amount),
      phone: payment.phoneMasked,
      state: say(`state.${payment.phase}`),
    });
  const late = tray.filter(({ phase, unseenEnd }) => unseenEnd && phase === 'paid');
  const others = tray.filter((payment) => !late.includes(payment));
  return (
    <div className="unseen">
      <div role="status">
        {front && (
          <p key={`${front.id} ${front.phase}`}>
            {sayKey(headlineOf(front), 'app.unknown')}. {say(linesOf(front).you)}
          </p>
        )}
      </div>
      {/* A log is read line by line as lines come, so that one payment's step repeats no other's. */}
      <div role="log" aria-label={say('tray.title')}>
        {others.map((payment) => (
          <p key={`${payment.id} ${payment.phase}`}>{sentence(payment)}</p>
        ))}
      </div>
      <div role="alert">
        {bySeverity(view.troubles).map((trouble) => (
          <p key={trouble.key}>
            {trouble.weight === 'refuses' && `${say('banner.refuses')} `}
            {troubleWords(speech, trouble)}
          </p>
        ))}
        {late.map((payment) => (
          <p key={payment.id}>{sentence(payment)}</p>
        ))}
      </div>
    </div>
  );
}
