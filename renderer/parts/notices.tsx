import { formatRupiah } from '../../shared/money-text.ts';
import type { PaymentView, TillView, Trouble } from '../../shared/view.ts';
import { keys } from '../keys.ts';
import { type Speech, useSpeech } from '../speech.ts';
import { KeyCap } from './key-cap.tsx';
import { ShapeMark } from './shapes.tsx';

/** What the bar above the screen says, and what is left for the side. */
export interface Notices {
  /** Paid after the cashier had moved on, and nobody has looked at it yet. */
  readonly late: readonly PaymentView[];
  /** The most urgent trouble, unless a late "paid" stands in its place. */
  readonly trouble: Trouble | null;
  readonly more: readonly Trouble[];
}

/** What stops new payments is said first; a payment that was paid behind one's back before that. */
export function noticesOf({ tray, troubles }: Pick<TillView, 'tray' | 'troubles'>): Notices {
  const late = tray.filter(({ phase, unseenEnd }) => unseenEnd && phase === 'paid');
  const sorted = bySeverity(troubles);
  const [first = null, ...rest] = sorted;
  return late.length > 0
    ? { late, trouble: null, more: sorted }
    : { late, trouble: first, more: rest };
}

export function bySeverity(troubles: readonly Trouble[]): readonly Trouble[] {
  const refuses = ({ weight }: Trouble) => Number(weight === 'refuses');
  return troubles.toSorted((a, b) => refuses(b) - refuses(a));
}

/** The sentence of a trouble: what is wrong and what to do. */
export function troubleWords({ sayKey }: Speech, { key, values }: Trouble): string {
  return sayKey(key, 'trouble.unknown', values);
}

interface BarProps {
  readonly notices: Notices;
  /** On the new payment screen its place is always kept, so that no key of the keypad ever moves. */
  readonly titled: boolean;
  readonly show: (id: number) => void;
}

/** One line across the screen for the one thing that matters most, always of the same height. */
export function NoticeBar({ notices: { late, trouble }, titled, show }: BarProps) {
  const { say } = useSpeech();
  return (
    <div className={`troubles ${titled ? 'kept' : ''}`}>
      <LatePaid late={late} beside={!titled} show={show} />
      {trouble !== null && <TroubleLine trouble={trouble} />}
      {titled && trouble === null && late.length === 0 && (
        <p className="title" aria-hidden="true">
          {say('newPayment.title')}
        </p>
      )}
    </div>
  );
}

/** Further troubles, each with its sentence, above the tray. */
export function MoreTroubles({ troubles }: { troubles: readonly Trouble[] }) {
  if (troubles.length === 0) return null;
  return (
    <div className="more-troubles">
      {troubles.map((trouble) => (
        <TroubleLine key={trouble.key} trouble={trouble} />
      ))}
    </div>
  );
}

function TroubleLine({ trouble }: { trouble: Trouble }) {
  const speech = useSpeech();
  const refuses = trouble.weight === 'refuses';
  return (
    <p className={`trouble ${trouble.weight}`}>
      <span className="mark" aria-hidden="true">
        {refuses ? '■' : '▲'}
      </span>
      <span>
        {refuses && <strong>{speech.say('banner.refuses')} </strong>}
        <span>{troubleWords(speech, trouble)}</span>
      </span>
    </p>
  );
}

/**
 * A payment that was paid after the cashier had moved on, until somebody has looked at it: the goods
 * may still stand on the counter.
 */
function LatePaid(props: {
  late: readonly PaymentView[];
  /** Another payment's screen stands below: it must not be taken for that one's end. */
  beside: boolean;
  show: (id: number) => void;
}) {
  const { late, beside, show } = props;
  const { say } = useSpeech();
  const [first] = late;
  if (first === undefined) return null;
  return (
    <button
      type="button"
      className={beside ? 'late-paid beside' : 'late-paid'}
      data-key={keys.late}
      aria-keyshortcuts={keys.late}
      onClick={() => show(first.id)}
    >
      <ShapeMark shape="check" />
      {beside && <span className="whose">{say('late.another')}</span>}
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
