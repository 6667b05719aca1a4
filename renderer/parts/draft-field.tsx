import { memo, type Ref, useImperativeHandle } from 'react';
import type { Field } from '../draft.ts';
import { pressed } from '../editing.ts';
import { useSpeech } from '../speech.ts';
import { changeDraft, useTill } from '../store.ts';
import { Sentence } from './sentence.tsx';
import { useGroupedField } from './use-grouped-field.ts';

/** What the rest of the form may do with a field. */
export interface FieldHandle {
  focus(): void;
  isFocused(): boolean;
  /** A key of the keypad: digits, or `back` for one step back. */
  press(insert: string): void;
}

interface Props {
  readonly name: Field;
  /** The next key goes here. */
  readonly first: boolean;
  readonly ref: Ref<FieldHandle>;
}

/** One of the two fields. While it is typed in, nothing else of the form is drawn again. */
export function DraftField({ name, first, ref }: Props) {
  const field = useGroupedField(name);
  const busy = useTill(({ draft }) => draft.busy);
  const wrong = useTill(({ draft }) => draft[`${name}Fault`] !== null);

  const selectIfMarked = (input: HTMLInputElement) => {
    if (useTill.getState().draft[`${name}Marked`]) input.select();
  };

  useImperativeHandle(ref, () => ({
    focus: () => field.ref.current?.focus(),
    isFocused: () => document.activeElement === field.ref.current,
    press(insert) {
      const input = field.ref.current;
      if (input === null) return;
      input.focus();
      selectIfMarked(input);
      const { value, selectionStart, selectionEnd } = input;
      const [from, to] = [selectionStart ?? value.length, selectionEnd ?? value.length];
      field.write(pressed(value, from, to, insert));
    },
  }));

  return (
    <div className={`field ${name} ${lengthOf(field.value)}`}>
      <FieldName name={name} />
      <div className="box">
        {name === 'amount' && <span aria-hidden="true">Rp</span>}
        <input
          ref={field.ref}
          id={name}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          spellCheck={false}
          placeholder={name === 'amount' ? '0' : undefined}
          value={field.value}
          readOnly={busy}
          aria-invalid={wrong}
          aria-describedby={`${name}-hint ${name}-fault`}
          data-first={first || undefined}
          onChange={field.onChange}
          onClick={(event) => selectIfMarked(event.currentTarget)}
          onFocus={() =>
            changeDraft((draft) => (draft.at === name ? draft : { ...draft, at: name }))
          }
        />
      </div>
      <FieldFault name={name} />
    </div>
  );
}

/** Three sizes of type, so that the largest amount still fits. */
function lengthOf(value: string): 'short' | 'middle' | 'long' {
  return value.length > 11 ? 'long' : value.length > 8 ? 'middle' : 'short';
}

const FieldName = memo(function FieldName({ name }: { name: Field }) {
  const { say } = useSpeech();
  return (
    <div className="name">
      <label htmlFor={name}>{say(`newPayment.${name}`)}</label>
      <p id={`${name}-hint`} className="hint">
        <Sentence
          message={name === 'amount' ? 'newPayment.amountHint' : 'newPayment.phoneInstruction'}
        />
      </p>
    </div>
  );
});

const FieldFault = memo(function FieldFault({ name }: { name: Field }) {
  const { sayKey } = useSpeech();
  const fault = useTill(({ draft }) => draft[`${name}Fault`]);
  return (
    <p id={`${name}-fault`} className="fault" role="alert">
      {fault && sayKey(fault.key, 'app.unknown', fault.values)}
    </p>
  );
});
