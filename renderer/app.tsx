import { useEffect, useState } from 'react';
import type { Refusal } from '../shared/ipc.ts';
import type { TillView } from '../shared/view.ts';
import { onPayment } from './actions.ts';
import { pressKey, useFocus } from './keyboard.ts';
import { Announcer } from './parts/announcer.tsx';
import { EnvironmentBanner, Troubles } from './parts/banners.tsx';
import { Help } from './parts/help.tsx';
import { Recent } from './parts/recent.tsx';
import { RefusalLine } from './parts/sentence.tsx';
import { Strip } from './parts/strip.tsx';
import { Tray } from './parts/tray.tsx';
import { NewPayment } from './screens/new-payment.tsx';
import { PaymentScreen } from './screens/payment-screen.tsx';
import { useSpeech } from './speech.ts';
import { useTill } from './store.ts';

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
  const show = (id: number) => void onPayment('payment.show', id).then(setRefusal);

  useEffect(() => {
    document.addEventListener('keydown', pressKey);
    return () => document.removeEventListener('keydown', pressKey);
  }, []);
  useEffect(() => {
    document.documentElement.lang = view.language;
  }, [view.language]);
  useFocus(front === null ? 'new' : `${front.id} ${front.phase}`);

  return (
    <div className={`till ${view.environment}`}>
      <div className="banners">
        <EnvironmentBanner view={view} />
        <Troubles view={view} />
      </div>
      <div className="work">
        <main aria-label={say('app.main')}>
          {front === null ? <NewPayment view={view} /> : <PaymentScreen payment={front} />}
        </main>
        {(front === null || tray.length > 0) && (
          <aside>
            <Tray payments={tray} frontId={front?.id ?? null} show={show} />
            <RefusalLine refusal={refusal} />
            {front === null && <Recent payments={view.recent} show={show} />}
          </aside>
        )}
      </div>
      <Strip view={view} showKeys={() => setHelp(true)} />
      <Announcer view={view} />
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}
