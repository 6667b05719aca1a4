import { type FormEvent, useLayoutEffect, useRef } from 'react';
import type { TillView } from '../../shared/view.ts';
import { goOn, writeTypedAhead } from '../actions.ts';
import { emptyDraft, type Field } from '../draft.ts';
import { keys } from '../keys.ts';
import { DraftField, type FieldHandle } from '../parts/draft-field.tsx';
import { KeyButton } from '../parts/key-button.tsx';
import { Keypad } from '../parts/keypad.tsx';
import { RefusalLine } from '../parts/sentence.tsx';
import { useSpeech } from '../speech.ts';
import { changeDraft, useTill } from '../store.ts';
import { monotonicNow } from '../ticker.ts';
import { screenCame } from '../unread.ts';
import { RepeatQuestion } from './repeat-question.tsx';

/** Amount, Enter, phone, Enter. What is typed lives in the draft and outlives every error. */
export function NewPayment({ view }: { view: TillView }) {
  const { say } = useSpeech();
  // One by one: of what is typed this component knows nothing, so that typing does not draw it.
  const at = useTill(({ draft }) => draft.at);
  const amountFault = useTill(({ draft }) => draft.amountFault);
  const phoneFault = useTill(({ draft }) => draft.phoneFault);
  const repeatOf = useTill(({ draft }) => draft.repeatOf);
  const busy = useTill(({ draft }) => draft.busy);
  const refusal = useTill(({ draft }) => draft.refusal);
  const form = useRef<HTMLFormElement>(null);
  const amount = useRef<FieldHandle>(null);
  const phone = useRef<FieldHandle>(null);

  // A step to what came filled in, or to a question, is as new to the eye as a whole screen.
  useLayoutEffect(() => {
    if (repeatOf !== null || marked(at)) screenCame(monotonicNow(), false);
  }, [at, repeatOf]);
  useLayoutEffect(writeTypedAhead, []);
  // Focus follows what the till has just said: to the faulty field, the next field, or the question.
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of these moves the focus
  useLayoutEffect(() => {
    const first = form.current?.querySelector<HTMLElement>('[data-first]');
    // Asking for the focus costs a layout even where it is already.
    if (first !== document.activeElement) first?.focus();
    if (first instanceof HTMLInputElement && marked(at)) first.select();
  }, [at, amountFault, phoneFault, repeatOf, busy, refusal]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    void goOn(amount.current?.isFocused() ? 'amount' : lastField(at));
  };
  const clear = () => {
    if (busy) return;
    changeDraft(() => emptyDraft);
    amount.current?.focus();
  };

  return (
    <form
      ref={form}
      className="new-payment"
      data-at={at}
      onSubmit={submit}
      noValidate
      autoComplete="off"
    >
      <h1 className="unseen">{say('newPayment.title')}</h1>
      <DraftField ref={amount} name="amount" first={at === 'amount' && repeatOf === null} />
      <DraftField ref={phone} name="phone" first={at === 'phone' && repeatOf === null} />
      <Keypad press={(insert) => (at === 'phone' ? phone : amount).current?.press(insert)} />
      {repeatOf === null ? (
        <PayButtons view={view} clear={clear} />
      ) : (
        <RepeatQuestion view={view} paidAt={repeatOf} />
      )}
    </form>
  );
}

function marked(at: Field | 'pay'): boolean {
  return at !== 'pay' && useTill.getState().draft[`${at}Marked`];
}

/** The button stands for the field before it: the keypad's user never leaves the field. */
function lastField(at: Field | 'pay'): Field | 'pay' {
  return at === 'amount' ? 'amount' : 'pay';
}

/** The one button, and why it would be refused, beside it. */
function PayButtons({ view, clear }: { view: TillView; clear: () => void }) {
  const { say } = useSpeech();
  const at = useTill(({ draft }) => draft.at);
  const busy = useTill(({ draft }) => draft.busy);
  const refusal = useTill(({ draft }) => draft.refusal);
  const refuses = view.troubles.some(({ weight }) => weight === 'refuses');
  const words = at === 'amount' ? 'newPayment.next' : 'newPayment.pay';
  return (
    <>
      <RefusalLine id="pay-refusal" refusal={refusal} />
      {refuses && refusal === null && (
        <p id="cannot-pay" className="refusal">
          {say('newPayment.cannotPay')}
        </p>
      )}
      <div className="actions">
        <KeyButton
          keyName={keys.main}
          kind="main"
          submit
          first={at === 'pay'}
          describedBy={refuses ? 'pay-refusal cannot-pay' : 'pay-refusal'}
        >
          {say(busy ? 'newPayment.sending' : words)}
        </KeyButton>
        <KeyButton keyName={keys.stop} kind="quiet" onPress={clear}>
          {say('newPayment.clear')}
        </KeyButton>
      </div>
    </>
  );
}
