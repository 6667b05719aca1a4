import type { ReactNode } from 'react';
import { KeyCap } from './key-cap.tsx';

interface Props {
  /** The key that presses it, printed beside its words. */
  readonly keyName: string;
  /** A second key that presses it, printed too: Enter, where the button has the focus. */
  readonly alsoKey?: string;
  readonly onPress?: () => void;
  readonly kind?: 'main' | 'plain' | 'quiet';
  readonly submit?: boolean;
  /** Focus comes here when the screen appears. */
  readonly first?: boolean;
  readonly describedBy?: string | undefined;
  /** For a switch: whether it is on. */
  readonly pressed?: boolean;
  readonly children: ReactNode;
}

/** A button with its key. The key handler in app.tsx finds it by `data-key` and clicks it. */
export function KeyButton(props: Props) {
  const { keyName, onPress, kind = 'plain', submit = false, first = false, children } = props;
  return (
    <button
      type={submit ? 'submit' : 'button'}
      className={`button ${kind}`}
      data-key={keyName}
      data-first={first || undefined}
      aria-keyshortcuts={keyName}
      aria-describedby={props.describedBy}
      aria-pressed={props.pressed}
      onClick={onPress}
    >
      <span>{children}</span>
      {props.alsoKey !== undefined && <KeyCap keyName={props.alsoKey} />}
      <KeyCap keyName={keyName} />
    </button>
  );
}
