import type { ReactNode } from 'react';
import { instant, jakartaTime } from '../../shared/time-text.ts';
import type { TillView, Trouble } from '../../shared/view.ts';
import { switchLanguage, switchSound } from '../actions.ts';
import { keys } from '../keys.ts';
import { type Speech, useSpeech } from '../speech.ts';
import { KeyButton } from './key-button.tsx';
import { bySeverity } from './notices.tsx';

/** A difference to OVO's clock below this is what one-second headers and the way there account for. */
const sameClockMs = 2_000;

/** Where this till stands: shop, terminal, world, OVO now and today, clock, what is unfinished. */
export function Strip({ view, showKeys }: { view: TillView; showKeys: () => void }) {
  const speech = useSpeech();
  const { say } = speech;
  const { ovoToday, unfinished, sound } = view;
  const [first, ...others] = bySeverity(elsewhere(view));
  return (
    <section className="strip" aria-label={say('strip.label')}>
      <dl>
        <Cell term={say('strip.store', { store: view.storeCode })}>
          {say('strip.terminal', { tid: view.tid })}
        </Cell>
        <Cell term={say('strip.connection')}>{marked(connectionWords(view, speech))}</Cell>
        <Cell term={say('strip.ovoToday')} name="today">
          {ovoToday === null ? say('strip.ovoTodayNone') : todayWords(ovoToday, speech)}
        </Cell>
        <Cell term={say('strip.clock')}>{marked(clockWords(view, speech))}</Cell>
        <Cell term={say('strip.unfinished')} name={unfinished > 0 ? 'some' : undefined}>
          {unfinished}
        </Cell>
        {first !== undefined && (
          <Cell term={say('strip.trouble')} name="trouble-word">
            {marked({ mark: '▲', text: speech.sayKey(shortOf(first.key), 'short.unknown') })}
            {others.length > 0 && ` +${others.length}`}
          </Cell>
        )}
      </dl>
      <div className="switches">
        <KeyButton keyName={keys.sound} kind="quiet" onPress={switchSound} pressed={sound}>
          {say(sound ? 'strip.soundOn' : 'strip.soundOff')}
        </KeyButton>
        <KeyButton keyName={keys.language} kind="quiet" onPress={switchLanguage}>
          <span lang={view.language === 'en' ? 'id' : 'en'}>{say('strip.language')}</span>
        </KeyButton>
        <KeyButton keyName={keys.help} kind="quiet" onPress={showKeys}>
          {say('strip.help')}
        </KeyButton>
      </div>
    </section>
  );
}

function Cell(props: { term: string; name?: string | undefined; children: ReactNode }) {
  return (
    <div className={props.name}>
      <dt>{props.term}</dt>
      <dd>{props.children}</dd>
    </div>
  );
}

/** Troubles without a cell of their own; connection and clock have one. Sentences stand above. */
function elsewhere({ troubles }: TillView): Trouble[] {
  return troubles.filter(({ key }) => !/noConnection$|clockOff$/.test(key));
}

const shortOf = (key: string) => key.replace(/^trouble\./, 'short.');

interface Told {
  /** A filled circle for well, a triangle for not, an empty circle for not known. */
  readonly mark: '●' | '▲' | '○';
  readonly text: string;
}

function marked({ mark, text }: Told): ReactNode {
  return (
    <>
      <i aria-hidden="true">{mark}</i> {text}
    </>
  );
}

function connectionWords({ connection }: TillView, { say }: Speech): Told {
  if (connection === null) return { mark: '○', text: say('strip.connectionNone') };
  if (!connection.ok) {
    const at = jakartaTime(instant(connection.at)).slice(0, 5);
    return { mark: '▲', text: say('strip.connectionBad', { at }) };
  }
  const ms = connection.roundTripMs;
  if (ms === null) return { mark: '●', text: say('strip.connectionOkPlain') };
  return { mark: '●', text: say('strip.connectionOk', { ms: Math.round(ms) }) };
}

/** "OVO today": how many of the last 15 minutes' requests were answered, and how fast. */
function todayWords(today: NonNullable<TillView['ovoToday']>, { say }: Speech): string {
  const { asked, answered, medianMs } = today;
  if (medianMs === null) return say('strip.ovoTodayPlain', { asked, answered });
  return say('strip.ovoTodayTimed', { asked, answered, ms: Math.round(medianMs) });
}

function clockWords({ clockOffsetMs }: TillView, { say }: Speech): Told {
  if (clockOffsetMs === null) return { mark: '○', text: say('strip.clockUnknown') };
  if (Math.abs(clockOffsetMs) < sameClockMs) return { mark: '●', text: say('strip.clockSame') };
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1_000);
  const key = clockOffsetMs < 0 ? 'strip.clockAhead' : 'strip.clockBehind';
  return { mark: '▲', text: say(key, { seconds }) };
}
