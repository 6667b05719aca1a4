import { formatRupiah } from '../../shared/money.ts';
import type { PaymentView, TillView } from '../../shared/view.ts';
import { headlineOf } from '../phases.ts';
import { useSpeech } from '../speech.ts';

/**
 * What a screen reader is told without being asked: where the payment on the screen stands, and each
 * that ended after the cashier had moved on. One that was paid interrupts.
 */
export function Announcer({ view }: { view: TillView }) {
  const { say, sayKey } = useSpeech();
  const { front, tray } = view;
  const ended = tray.filter((payment) => payment.unseenEnd);
  const sentence = (payment: PaymentView) =>
    say('announce.ended', {
      amount: formatRupiah(payment.amount),
      phone: payment.phoneMasked,
      state: say(`state.${payment.phase}`),
    });
  return (
    <div className="unseen">
      <div role="status">
        {front && (
          <p key={`${front.id} ${front.phase}`}>{sayKey(headlineOf(front), 'app.unknown')}</p>
        )}
        {ended
          .filter(({ phase }) => phase !== 'paid')
          .map((payment) => (
            <p key={payment.id}>{sentence(payment)}</p>
          ))}
      </div>
      <div role="alert">
        {ended
          .filter(({ phase }) => phase === 'paid')
          .map((payment) => (
            <p key={payment.id}>{sentence(payment)}</p>
          ))}
      </div>
    </div>
  );
}
