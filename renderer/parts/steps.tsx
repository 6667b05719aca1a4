import type { Phase } from '../../shared/view.ts';
import { type StepState, stepsOf } from '../phases.ts';
import { useSpeech } from '../speech.ts';

const marks: Readonly<Record<StepState, string>> = { done: '✓', current: '●', todo: '○' };

/** How far a payment is. Each step has a mark and a word besides its place on the line. */
export function Steps({ phase }: { phase: Phase }) {
  const { say } = useSpeech();
  const steps = stepsOf(phase);
  if (steps === null) return null;
  return (
    <ol className="steps" aria-label={say('steps.label')}>
      {steps.map(({ key, state }) => (
        <li key={key} className={state} aria-current={state === 'current' ? 'step' : undefined}>
          <span aria-hidden="true">{marks[state]}</span> {say(key)}
          <span className="unseen"> ({say(`steps.${state}`)})</span>
        </li>
      ))}
    </ol>
  );
}
