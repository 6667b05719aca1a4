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

/** What is wrong with the till. What stops new payments is said first and loudest. */
export function Troubles({ view }: { view: TillView }) {
  const { say, sayKey } = useSpeech();
  const offset = Math.round(Math.abs(view.clockOffsetMs ?? 0) / 1_000);
  return (
    <div className="troubles" role="alert">
      {view.troubles
        .toSorted((a, b) => Number(b.weight === 'refuses') - Number(a.weight === 'refuses'))
        .map(({ key, values, weight }) => (
          <p key={key} className={`banner trouble ${weight}`}>
            <span className="mark" aria-hidden="true">
              {weight === 'refuses' ? '■' : '▲'}
            </span>
            {weight === 'refuses' && <strong>{say('banner.refuses')}</strong>}
            <span>{sayKey(key, 'trouble.unknown', { seconds: offset, ...values })}</span>
          </p>
        ))}
    </div>
  );
}
