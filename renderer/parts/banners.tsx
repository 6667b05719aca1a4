import type { TillView } from '../../shared/view.ts';
import { useSpeech } from '../speech.ts';

/** Which world this is (rule 27): impossible to overlook, and absent where money is real. */
export function EnvironmentBanner({ view }: { view: TillView }) {
  const { say } = useSpeech();
  if (view.environment === 'production') return null;
  const training = view.environment === 'training';
  return (
    <div className="banner environment">
      <strong>{say(training ? 'banner.training' : 'banner.staging')}</strong>
      <span>{say(training ? 'banner.trainingLine' : 'banner.stagingLine')}</span>
      {training && view.trainingPhoneUrl !== null && (
        <a href={view.trainingPhoneUrl} target="_blank" rel="noopener noreferrer">
          {say('banner.playPhone')} ↗
        </a>
      )}
    </div>
  );
}
