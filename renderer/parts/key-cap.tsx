import { keyLabel } from '../keys.ts';

/** The printed key. Screen readers get it from the button's `aria-keyshortcuts` instead. */
export function KeyCap({ keyName }: { keyName: string }) {
  return (
    <span className="key" aria-hidden="true">
      {keyLabel(keyName)}
    </span>
  );
}
