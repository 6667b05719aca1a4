import { type KeyboardEvent, useLayoutEffect, useRef } from 'react';
import { keyList } from '../keys.ts';
import { useSpeech } from '../speech.ts';
import { KeyCap } from './key-cap.tsx';

/** All keys. The browser's own dialog keeps the focus inside, and gives it back when it closes. */
export function Help({ close }: { close: () => void }) {
  const { say } = useSpeech();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === '?') dialog.current?.close();
  };
  return (
    <dialog
      ref={dialog}
      className="help"
      aria-labelledby="keys-title"
      onClose={close}
      onKeyDown={onKeyDown}
    >
      <h2 id="keys-title">{say('keys.title')}</h2>
      <dl>
        {keyList.map(([key, message]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{say(message)}</dd>
          </div>
        ))}
      </dl>
      <p className="figures">{say('keys.figures')}</p>
      <button type="button" className="button main" onClick={() => dialog.current?.close()}>
        <span>{say('keys.close')}</span>
        <KeyCap keyName="Escape" />
      </button>
    </dialog>
  );
}
