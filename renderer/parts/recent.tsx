import { formatRupiah } from '../../shared/money-text.ts';
import { instant, jakartaTime } from '../../shared/time-text.ts';
import type { PaymentView } from '../../shared/view.ts';
import { looks } from '../phases.ts';
import { useSpeech } from '../speech.ts';
import { ShapeMark } from './shapes.tsx';

/** The last payments of this till. Each opens on the screen. */
export function Recent(props: { payments: readonly PaymentView[]; show: (id: number) => void }) {
  const { say } = useSpeech();
  return (
    <section className="recent" aria-labelledby="recent-title">
      <h2 id="recent-title">{say('recent.title')}</h2>
      {props.payments.length === 0 && <p className="none">{say('recent.none')}</p>}
      <ul>
        {props.payments.map((payment) => (
          <li key={payment.id}>
            <button type="button" onClick={() => props.show(payment.id)}>
              <ShapeMark
                shape={looks[payment.phase].shape}
                className={`tone-${looks[payment.phase].tone}`}
              />
              <span className="amount">{formatRupiah(payment.amount)}</span>
              <time>{jakartaTime(instant(payment.startedAt))}</time>
              <span className="state">{say(`state.${payment.phase}`)}</span>
              <span className="phone">{payment.phoneMasked}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
