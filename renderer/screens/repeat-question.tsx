import { formatRupiah, parseAmount } from '../../shared/money-text.ts';
import { maskPhone } from '../../shared/phone-text.ts';
import type { TillView } from '../../shared/view.ts';
import { goOn } from '../actions.ts';
import { formatLeft } from '../countdown.ts';
import { keys } from '../keys.ts';
import { KeyButton } from '../parts/key-button.tsx';
import { useSpeech } from '../speech.ts';
import { changeDraft, useTill } from '../store.ts';

/**
 * Rule 8a: the same phone paid the same amount a moment ago. The focus is on "no", so that a second
 * Enter of a hurried hand charges nobody twice; "yes" has a key of its own.
 */
export function RepeatQuestion({ view, paidAt }: { view: TillView; paidAt: number }) {
  const { language, say } = useSpeech();
  const draft = useTill((state) => state.draft);
  const amount = parseAmount(draft.amount);
  const no = () => changeDraft((now) => ({ ...now, repeatOf: null, at: 'amount' }));
  return (
    <div
      className="question"
      role="alertdialog"
      aria-labelledby="repeat-title"
      aria-describedby="repeat-text"
    >
      <div className="asks">
        <h2 id="repeat-title">{say('newPayment.repeatTitle')}</h2>
        <p id="repeat-text">
          {say('newPayment.repeat', {
            amount: amount.ok ? formatRupiah(amount.value) : draft.amount,
            phone: maskPhone(draft.phone),
            ago: formatLeft(view.now - paidAt, language),
          })}
        </p>
      </div>
      <div className="actions">
        <KeyButton keyName={keys.stop} alsoKey={keys.main} kind="main" first onPress={no}>
          {say('newPayment.repeatNo')}
        </KeyButton>
        <KeyButton keyName={keys.repeatYes} onPress={() => void goOn('pay', true)}>
          {say('newPayment.repeatYes')}
        </KeyButton>
      </div>
    </div>
  );
}
