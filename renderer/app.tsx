import { type MouseEvent, useEffect, useRef, useState } from 'react';
import type { Refusal } from '../shared/ipc.ts';
import type { TillView } from '../shared/view.ts';
import { onPayment } from './actions.ts';
import { newPayment, pressKey, useFocus } from './keyboard.ts';
import { Announcer } from './parts/announcer.tsx';
import { EnvironmentBanner } from './parts/banners.tsx';
import { Help } from './parts/help.tsx';
import { MoreTroubles, NoticeBar, noticesOf } from './parts/notices.tsx';
import { Recent } from './parts/recent.tsx';
import { RefusalLine } from './parts/sentence.tsx';
import { Strip } from './parts/strip.tsx';
import { Tray } from './parts/tray.tsx';
import { NewPayment } from './screens/new-payment.tsx';
import { PaymentScreen } from './screens/payment-screen.tsx';
import { play, soundOf } from './sound.ts';
import { useSpeech } from './speech.ts';
import { useTill } from './store.ts';
import { shownInFront } from './typed-ahead.ts';

/** The whole page. Main decides what stands in front; nothing here does. */
export function App({ failed }: { failed: boolean }) {
  const view = useTill((state) => state.view);
  const { say } = useSpeech();
  if (view === null)
    return <p className="loading">{say(failed ? 'app.noAnswer' : 'app.loading')}</p>;
  return <Till view={view} />;
}

function Till({ view }: { view: TillView }) {
  const { say } = useSpeech();
  const [help, setHelp] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { front, tray } = view;
  const notices = noticesOf(view);
  // One that is in the tray says there what it does: it is not told a second time below.
  const elsewhere = view.recent.filter(({ id }) => tray.every((other) => other.id !== id));
  const show = (id: number) => void onPayment('payment.show', id).then(setRefusal);

  useEffect(() => {
    document.addEventListener('keydown', pressKey);
    return () => document.removeEventListener('keydown', pressKey);
  }, []);
  useEffect(() => {
    document.documentElement.lang = view.language;
  }, [view.language]);
  useEffect(() => {
    if (view.front !== null) shownInFront(view.front.id);
  }, [view]);
  useSounds(view);
  useFocus(front === null ? newPayment : `${front.id} ${front.phase}`);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a click beside everything must not take the focus away
    <div className={`till ${view.environment}`} onMouseDown={keepFocus}>
      <header className="banners">
        <EnvironmentBanner view={view} />
        <NoticeBar notices={notices} titled={front === null} show={show} />
      </header>
      <div className="work">
        <main aria-label={say('app.main')}>
          {front === null ? <NewPayment view={view} /> : <PaymentScreen payment={front} />}
        </main>
        {(front === null || tray.length > 0 || notices.more.length > 0) && (
          <aside aria-label={say('app.beside')}>
            <MoreTroubles troubles={notices.more} />
            <Tray payments={tray} frontId={front?.id ?? null} show={show} />
            <RefusalLine refusal={refusal} />
            {front === null && <Recent payments={elsewhere} show={show} />}
          </aside>
        )}
      </div>
      <Strip view={view} showKeys={() => setHelp(true)} />
      <Announcer view={view} />
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}

/** Each end is heard once, when the view that brings it comes. */
function useSounds(view: TillView): void {
  const last = useRef<TillView | null>(null);
  useEffect(() => {
    const sound = soundOf(last.current, view);
    last.current = view;
    if (sound !== null && view.sound) play(sound);
  }, [view]);
}

/** A finger that lands beside every button leaves the focus where it was. */
function keepFocus(event: MouseEvent): void {
  const on = event.target instanceof Element ? event.target : null;
  // What a person may want to copy can still be marked.
  if (!on?.closest('button, a, input, label, dialog, .details')) event.preventDefault();
}
