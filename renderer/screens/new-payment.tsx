import { type FormEvent, useLayoutEffect, useRef } from 'react';
import type { TillView } from '../../shared/view.ts';
import { goOn } from '../actions.ts';
import { emptyDraft, type Field } from '../draft.ts';
import { pressed } from '../editing.ts';
import { keys } from '../keys.ts';
import { KeyButton } from '../parts/key-button.tsx';
import { Keypad } from '../parts/keypad.tsx';
import { RefusalLine, Sentence } from '../parts/sentence.tsx';
import { type GroupedField, useGroupedField } from '../parts/use-grouped-field.ts';
import { useSpeech } from '../speech.ts';
import { changeDraft, useTill } from '../store.ts';
import { RepeatQuestion } from './repeat-question.tsx';

/** Amount, Enter, phone, Enter. What is typed lives in the draft and outlives every error. */
export function NewPayment({ view }: { view: TillView }) {
  const { say } = useSpeech();
  const draft = useTill((state) => state.draft);
  const amount = useGroupedField('amount');
  const phone = useGroupedField('phone');
  const form = useRef<HTMLFormElement>(null);
  const { at, amountFault, phoneFault, repeatOf, busy, refusal } = draft;

  // Focus follows what the till has just said: to the faulty field, the next field, or the question.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these moves the focus
  useLayoutEffect(() => {
    form.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, [at, amountFault, phoneFault, repeatOf, busy, refusal]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void goOn(document.activeElement === amount.ref.current ? 'amount' : lastField(at));
  };
  const press = (insert: string) => {
    const field = at === 'phone' ? phone : amount;
    const input = field.ref.current;
    if (input === null) return;
    input.focus();
    const { value, selectionStart, selectionEnd } = input;
    field.write(
      pressed(value, selectionStart ?? value.length, selectionEnd ?? value.length, insert),
    );
  };
  const refuses = view.troubles.some(({ weight }) => weight === 'refuses');

  return (
    <form ref={form} className="new-payment" onSubmit={submit} noValidate autoComplete="off">
      <h1 className="unseen">{say('newPayment.title')}</h1>
      <div className="fields">
        <FieldRow name="amount" field={amount} first={at === 'amount' && repeatOf === null} />
        <FieldRow name="phone" field={phone} first={at === 'phone' && repeatOf === null} />
        {repeatOf === null ? (
          <div className="actions">
            <KeyButton
              keyName={keys.main}
              kind="main"
              submit
              first={at === 'pay'}
              describedBy={refuses ? 'pay-refusal cannot-pay' : 'pay-refusal'}
            >
              {say(
                busy
                  ? 'newPayment.sending'
                  : at === 'amount'
                    ? 'newPayment.next'
                    : 'newPayment.pay',
              )}
            </KeyButton>
            <KeyButton keyName={keys.stop} kind="quiet" onPress={() => clear(amount)}>
              {say('newPayment.clear')}
            </KeyButton>
            <RefusalLine id="pay-refusal" refusal={refusal} />
            {refuses && refusal === null && (
              <p id="cannot-pay" className="refusal">
                {say('newPayment.cannotPay')}
              </p>
            )}
          </div>
        ) : (
          <RepeatQuestion view={view} paidAt={repeatOf} />
        )}
      </div>
      <Keypad press={press} />
    </form>
  );
}

/** The button stands for the field before it: the keypad's user never leaves the field. */
function lastField(at: Field | 'pay'): Field | 'pay' {
  return at === 'amount' ? 'amount' : 'pay';
}

function clear(amount: GroupedField): void {
  if (useTill.getState().draft.busy) return;
  changeDraft(() => emptyDraft);
  amount.ref.current?.focus();
}

function FieldRow(props: { name: Field; field: GroupedField; first: boolean }) {
  const { name, field, first } = props;
  const { say, sayKey } = useSpeech();
  const fault = useTill(({ draft }) => (name === 'amount' ? draft.amountFault : draft.phoneFault));
  const busy = useTill(({ draft }) => draft.busy);
  return (
    <div className={`field ${name}`}>
      <label htmlFor={name}>{say(`newPayment.${name}`)}</label>
      <p id={`${name}-hint`} className="hint">
        <Sentence
          message={name === 'amount' ? 'newPayment.amountHint' : 'newPayment.phoneInstruction'}
        />
      </p>
      <div className="box">
        {name === 'amount' && <span aria-hidden="true">Rp</span>}
        <input
          ref={field.ref}
          id={name}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          value={field.value}
          readOnly={busy}
          aria-invalid={fault !== null}
          aria-describedby={`${name}-hint ${name}-fault`}
          data-first={first || undefined}
          onChange={field.onChange}
          onFocus={() =>
            changeDraft((draft) => (draft.at === name ? draft : { ...draft, at: name }))
          }
        />
      </div>
      <p id={`${name}-fault`} className="fault" role="alert">
        {fault && sayKey(fault.key, 'app.unknown', fault.values)}
      </p>
    </div>
  );
}
