import { type ChangeEvent, type RefObject, useLayoutEffect, useRef } from 'react';
import type { Field } from '../draft.ts';
import { type } from '../draft.ts';
import { amountGrouping, edited, phoneGrouping, shown, shownCaret } from '../editing.ts';
import { changeDraft, useTill } from '../store.ts';
import { textCame } from '../unread.ts';

export interface GroupedField {
  readonly ref: RefObject<HTMLInputElement | null>;
  /** What the field shows: digits in groups, or the text as typed. */
  readonly value: string;
  onChange(event: ChangeEvent<HTMLInputElement>): void;
  /** New content with the caret after what was put in; the keypad writes through this too. */
  write(content: string): void;
}

/** Ties an input to its text in the draft, and keeps the caret where the person left it. */
export function useGroupedField(field: Field): GroupedField {
  const grouping = field === 'amount' ? amountGrouping : phoneGrouping;
  const text = useTill((state) => state.draft[field]);
  const ref = useRef<HTMLInputElement>(null);
  const caret = useRef<number | null>(null);

  useLayoutEffect(() => {
    if (caret.current === null || document.activeElement !== ref.current) return;
    const at = shownCaret(text, caret.current, grouping);
    caret.current = null;
    // At the end, where it mostly is, it stands there already; setting it would cost a layout.
    const { selectionStart, selectionEnd } = ref.current ?? {};
    if (selectionStart !== at || selectionEnd !== at) ref.current?.setSelectionRange(at, at);
  });

  function write(content: string): void {
    // Read afresh: two keys can come between two drawings.
    const draft = useTill.getState().draft;
    if (draft.busy) return;
    textCame();
    const next = edited(draft[field], content, grouping);
    caret.current = next.caret;
    changeDraft((now) => type(now, field, next.text));
  }

  return {
    ref,
    value: shown(text, grouping),
    onChange: (event) => write(event.target.value),
    write,
  };
}
