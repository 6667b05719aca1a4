import { instant, jakartaTime } from '../../shared/time.ts';
import type { TillView } from '../../shared/view.ts';
import { switchLanguage } from '../actions.ts';
import { keys } from '../keys.ts';
import { type Speech, useSpeech } from '../speech.ts';
import { KeyButton } from './key-button.tsx';

/** A difference to OVO's clock below this is what one-second headers and the way there account for. */
const sameClockMs = 2_000;

/** Where this till stands: shop, terminal, world, OVO, clock, what is unfinished. */
export function Strip({ view, showKeys }: { view: TillView; showKeys: () => void }) {
  const speech = useSpeech();
  const { say } = speech;
  const clock = clockWords(view, speech);
  const connection = connectionWords(view, speech);
  return (
    <section className="strip" aria-label={say('strip.label')}>
      <p>
        <strong>{say('strip.store', { store: view.storeCode })}</strong>
        <span>{say('strip.terminal', { tid: view.tid })}</span>
        <span className="world">{say(`environment.${view.environment}`)}</span>
      </p>
      <dl>
        <div>
          <dt>{say('strip.connection')}</dt>
          <dd>
            <i aria-hidden="true">{connection.mark}</i> {connection.text}
          </dd>
        </div>
        <div>
          <dt>{say('strip.clock')}</dt>
          <dd>
            <i aria-hidden="true">{clock.mark}</i> {clock.text}
          </dd>
        </div>
        <div>
          <dt>{say('strip.unfinished')}</dt>
          <dd>{view.unfinished}</dd>
        </div>
      </dl>
      <KeyButton keyName={keys.language} kind="quiet" onPress={switchLanguage}>
        <span lang={view.language === 'en' ? 'id' : 'en'}>{say('strip.language')}</span>
      </KeyButton>
      <KeyButton keyName={keys.help} kind="quiet" onPress={showKeys}>
        {say('strip.help')}
      </KeyButton>
    </section>
  );
}

interface Told {
  /** A filled circle for well, a triangle for not, an empty circle for not known. */
  readonly mark: '●' | '▲' | '○';
  readonly text: string;
}

function connectionWords({ connection }: TillView, { say }: Speech): Told {
  if (connection === null) return { mark: '○', text: say('strip.connectionNone') };
  if (!connection.ok) {
    const at = jakartaTime(instant(connection.at));
    return { mark: '▲', text: say('strip.connectionBad', { at }) };
  }
  const ms = connection.roundTripMs;
  if (ms === null) return { mark: '●', text: say('strip.connectionOkPlain') };
  return { mark: '●', text: say('strip.connectionOk', { ms: Math.round(ms) }) };
}

function clockWords({ clockOffsetMs }: TillView, { say }: Speech): Told {
  if (clockOffsetMs === null) return { mark: '○', text: say('strip.clockUnknown') };
  if (Math.abs(clockOffsetMs) < sameClockMs) return { mark: '●', text: say('strip.clockSame') };
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1_000);
  const key = clockOffsetMs < 0 ? 'strip.clockAhead' : 'strip.clockBehind';
  return { mark: '▲', text: say(key, { seconds }) };
}
