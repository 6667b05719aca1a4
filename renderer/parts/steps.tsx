import type { Phase } from '../../shared/view.ts';
import { type StepState, stepsOf } from '../phases.ts';
import { useSpeech } from '../speech.ts';

const marks: Readonly<Record<StepState, string>> = { done: '✓', current: '●', todo: '○' };

/** Only the sending has surely succeeded; a later step that is over has merely been passed. */
const passed = '–';

/** How far a payment is. Each step has a mark and a word besides its place on the line. */
export function Steps({ phase }: { phase: Phase }) {
  const { say } = useSpeech();
  const steps = stepsOf(phase);
  if (steps === null) return null;
  return (
    <ol className="steps" aria-label={say('steps.label')}>
      {steps.map(({ key, state }, index) => (
        <li key={key} className={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span aria-hidden="true">{state === 'done' && index > 0 ? passed : marks[state]}</span>{' '}
          {say(key)}
          <span className="unseen"> ({say(`steps.${state}`)})</span>
        </li>
      ))}
    </ol>
  );
}
