import { useSpeech } from '../speech.ts';

const rows = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '000', '0'] as const;

/**
 * Digits for touch. Its keys keep the focus in the field they write to, and are no stops for Tab:
 * whoever has a keyboard has the digits already.
 */
export function Keypad({ press }: { press: (insert: string) => void }) {
  const { say } = useSpeech();
  const key = (label: string, insert: string, name?: string) => (
    <button
      key={insert}
      type="button"
      tabIndex={-1}
      aria-label={name}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => press(insert)}
    >
      {label}
    </button>
  );
  return (
    <fieldset className="keypad" aria-label={say('keypad.label')}>
      {rows.map((digits) => key(digits, digits))}
      {key('⌫', 'back', say('keypad.back'))}
    </fieldset>
  );
}
