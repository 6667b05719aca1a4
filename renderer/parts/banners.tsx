import { formatRupiah } from '../../shared/money-text.ts';
import type { PaymentView, TillView } from '../../shared/view.ts';
import { keys } from '../keys.ts';
import { useSpeech } from '../speech.ts';
import { KeyCap } from './key-cap.tsx';
import { ShapeMark } from './shapes.tsx';

/** Which world this is (rule 27): impossible to overlook, and absent where money is real. */
export function EnvironmentBanner({ view }: { view: TillView }) {
  const { say } = useSpeech();
  if (view.environment === 'production') return null;
  const training = view.environment === 'training';
  return (
    <div className="banner environment">
      <strong>{say(training ? 'banner.training' : 'banner.staging')}</strong>
      <span>{say(training ? 'banner.trainingLine' : 'banner.stagingLine')}</span>
      {training && view.trainingPhoneUrl !== null && (
        <a href={view.trainingPhoneUrl} target="_blank" rel="noopener noreferrer">
          {say('banner.playPhone')} ↗
        </a>
      )}
    </div>
  );
}

/**
 * A payment that was paid after the cashier had moved on, across the whole screen until somebody
 * has looked at it: the goods may still stand on the counter.
 */
export function LatePaid(props: { tray: readonly PaymentView[]; show: (id: number) => void }) {
  const { say } = useSpeech();
  const late = props.tray.filter(({ phase, unseenEnd }) => unseenEnd && phase === 'paid');
  const [first] = late;
  if (first === undefined) return null;
  return (
    <button
      type="button"
      className="late-paid"
      data-key={keys.late}
      aria-keyshortcuts={keys.late}
      onClick={() => props.show(first.id)}
    >
      <ShapeMark shape="check" />
      <span className="amount">{formatRupiah(first.amount)}</span>
      <span className="words">
        {say('late.paid', { phone: first.phoneMasked })}
        {late.length > 1 && ` ${say('late.more', { count: late.length - 1 })}`}
      </span>
      <span className="look">{say('late.show')}</span>
      <KeyCap keyName={keys.late} />
    </button>
  );
}

/** What is wrong with the till. What stops new payments is said first and loudest. */
export function Troubles({ view }: { view: TillView }) {
  const { say, sayKey } = useSpeech();
  const offset = Math.round(Math.abs(view.clockOffsetMs ?? 0) / 1_000);
  return (
    <div className="troubles" role="alert">
      {view.troubles
        .toSorted((a, b) => Number(b.weight === 'refuses') - Number(a.weight === 'refuses'))
        .map(({ key, values, weight }) => (
          <p key={key} className={`banner trouble ${weight}`}>
            <span className="mark" aria-hidden="true">
              {weight === 'refuses' ? '■' : '▲'}
            </span>
            {weight === 'refuses' && <strong>{say('banner.refuses')}</strong>}
            <span>{sayKey(key, 'trouble.unknown', { seconds: offset, ...values })}</span>
          </p>
        ))}
    </div>
  );
}
