import type { KeyboardEvent } from 'react';
import { formatRupiah } from '../../shared/money-text.ts';
import { instant, jakartaTime } from '../../shared/time-text.ts';
import type { PaymentView } from '../../shared/view.ts';
import { formatLeft, leftNow } from '../countdown.ts';
import { keys } from '../keys.ts';
import { looks, trayLine, withoutPastWait } from '../phases.ts';
import { useSpeech } from '../speech.ts';
import { useTill } from '../store.ts';
import { useBeat } from '../ticker.ts';
import { KeyCap } from './key-cap.tsx';
import { ShapeMark } from './shapes.tsx';

/** More than these are counted, not drawn: a page of a thousand countdowns helps nobody. */
const drawnMax = 30;

interface Props {
  readonly payments: readonly PaymentView[];
  readonly frontId: number | null;
  readonly show: (id: number) => void;
}

/**
 * What goes on behind the cashier's back: there whenever it is not empty (rule 15). One that ended
 * unseen comes first and stays until somebody has looked at it.
 */
export function Tray({ payments, frontId, show }: Props) {
  const { say } = useSpeech();
  if (payments.length === 0) return null;
  const ordered = [...payments].sort((a, b) => rank(b) - rank(a));
  return (
    <section className="tray" aria-labelledby="tray-title" onKeyDown={moveByArrows}>
      <h2 id="tray-title">
        {say('tray.title')} <span className="count">{payments.length}</span>
        <button
          type="button"
          data-key={keys.tray}
          aria-keyshortcuts={keys.tray}
          className="key-only"
          onClick={focusFirst}
        >
          {say('tray.show')} <KeyCap keyName={keys.tray} />
        </button>
      </h2>
      <ul>
        {ordered.slice(0, drawnMax).map((payment, index) => (
          <TrayItem
            key={payment.id}
            payment={payment}
            keyName={index < 9 ? String(index + 1) : null}
            current={payment.id === frontId}
            show={show}
          />
        ))}
      </ul>
      {ordered.length > drawnMax && (
        <p className="none">{say('tray.more', { count: ordered.length - drawnMax })}</p>
      )}
    </section>
  );
}

/** Ends that nobody has seen come first, and of these the paid ones. */
function rank({ unseenEnd, phase }: PaymentView): number {
  return unseenEnd ? (phase === 'paid' ? 2 : 1) : 0;
}

interface ItemProps {
  readonly payment: PaymentView;
  readonly keyName: string | null;
  readonly current: boolean;
  readonly show: (id: number) => void;
}

function TrayItem({ payment, keyName, current, show }: ItemProps) {
  const { language, say } = useSpeech();
  const receivedAt = useTill((state) => state.receivedAt);
  const madeAt = useTill((state) => state.view?.now ?? null);
  const now = useBeat();
  const { tone, shape } = looks[payment.phase];
  const until = payment.phase === 'waiting' ? payment.countdown : payment.next;
  const leftMs = until === null ? 0 : leftNow(until, receivedAt, now).ms;
  const left = until === null ? '' : formatLeft(leftMs, language);
  const at = until === null || madeAt === null ? '' : jakartaTime(instant(madeAt + until.leftMs));
  const loud = payment.unseenEnd ? 'loud' : '';
  return (
    <li>
      <button
        type="button"
        className={`tray-item tone-${tone} ${loud}`}
        data-key={keyName ?? undefined}
        aria-keyshortcuts={keyName ?? undefined}
        aria-current={current || undefined}
        onClick={() => show(payment.id)}
      >
        <ShapeMark shape={shape} />
        <span className="amount">{formatRupiah(payment.amount)}</span>
        <span className="phone">{payment.phoneMasked}</span>
        <span className="line">
          {say(trayLine(withoutPastWait(payment, leftMs)), {
            left,
            at,
            attempt: payment.reversalAttempt,
          })}
        </span>
        {keyName !== null && <KeyCap keyName={keyName} />}
      </button>
    </li>
  );
}

function itemsOf(within: Element | null): HTMLElement[] {
  return [...(within?.querySelectorAll<HTMLElement>('.tray-item') ?? [])];
}

function focusFirst(): void {
  itemsOf(document.querySelector('.tray'))[0]?.focus();
}

function moveByArrows(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const items = itemsOf(event.currentTarget);
  const at = items.findIndex((item) => item.matches(':focus'));
  if (step === 0 || at < 0) return;
  event.preventDefault();
  items[Math.min(items.length - 1, Math.max(0, at + step))]?.focus();
}
