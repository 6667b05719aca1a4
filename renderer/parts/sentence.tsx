import type { Refusal } from '../../shared/ipc.ts';
import type { MessageKey } from '../../shared/words/index.ts';
import { useSpeech } from '../speech.ts';

/** A sentence, with the Indonesian line beneath it where OVO mandates the English one. */
export function Sentence(props: { message: string; otherwise?: MessageKey }) {
  const { sayKey, beneath } = useSpeech();
  const below = beneath(props.message);
  return (
    <>
      {/* The mandated sentences are English in both languages; the page's language is not theirs. */}
      <span lang={below === null ? undefined : 'en'}>
        {sayKey(props.message, props.otherwise ?? 'app.unknown')}
      </span>
      {below !== null && <span className="beneath">{below}</span>}
    </>
  );
}

/** Why something was refused, said at once to those who listen. */
export function RefusalLine(props: { id?: string; refusal: Refusal | null }) {
  const { sayKey } = useSpeech();
  return (
    <p id={props.id} className="refusal" role="alert">
      {props.refusal && sayKey(props.refusal.key, 'app.unknown', props.refusal.values)}
    </p>
  );
}
