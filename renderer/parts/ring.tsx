import type { MessageKey } from '../../shared/words/index.ts';
import type { Left } from '../countdown.ts';
import { useSpeech } from '../speech.ts';

interface Props {
  readonly left: Left;
  /** Below the seconds, and in their place once they are over. */
  readonly words: { readonly running: MessageKey; readonly over: MessageKey };
}

/** What is left of a wait as a ring that empties, with the seconds and what they mean inside it. */
export function Ring({ left, words }: Props) {
  const { say } = useSpeech();
  return (
    <div className="ring" role="timer">
      <svg viewBox="0 0 120 120" aria-hidden="true" focusable="false">
        <circle className="ring-track" cx="60" cy="60" r="52" />
        <circle
          className="ring-left"
          cx="60"
          cy="60"
          r="52"
          pathLength={1}
          strokeDasharray={1}
          strokeDashoffset={1 - left.share}
        />
      </svg>
      <p>
        <strong>{left.seconds}</strong>
        <span>{say(left.seconds > 0 ? words.running : words.over)}</span>
      </p>
    </div>
  );
}
