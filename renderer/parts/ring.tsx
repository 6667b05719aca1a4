import type { Left } from '../countdown.ts';
import { useSpeech } from '../speech.ts';

/** The customer's 55 s as a ring that empties, with the seconds in words inside it. */
export function Ring({ left }: { left: Left }) {
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
        <span>{say(left.seconds > 0 ? 'waiting.seconds' : 'waiting.over')}</span>
      </p>
    </div>
  );
}
