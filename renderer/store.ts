import { create } from 'zustand';
import type { Mono } from '../shared/time.ts';
import type { TillView } from '../shared/view.ts';
import { behind, type Draft, emptyDraft } from './draft.ts';
import { isOver } from './phases.ts';

/** All that the page remembers: main's last view, when it came, and the draft being typed. */
export interface TillState {
  readonly view: TillView | null;
  /** By this page's monotonic clock; countdowns start here. */
  readonly receivedAt: Mono;
  readonly draft: Draft;
}

export const useTill = create<TillState>(() => ({
  view: null,
  receivedAt: 0 as Mono,
  draft: emptyDraft,
}));

/**
 * Takes a view in, pushed or asked for. The two may overtake each other, so an older one is
 * dropped. (Revisions begin anew only with main, and then the page is loaded anew, too.)
 */
export function viewCame(view: TillView, at: Mono): void {
  const last = useTill.getState().view;
  if (last !== null && view.revision < last.revision) return;
  useTill.setState(({ draft }) => ({
    view,
    receivedAt: at,
    draft: draft.taken ? emptyDraft : waiting(draft, view, last),
  }));
}

function waiting(draft: Draft, { front }: TillView, last: TillView | null): Draft {
  if (front === null) return draft;
  return behind(draft, { id: front.id, over: isOver(front.phase) }, front.id !== last?.front?.id);
}

/**
 * The draft has become a payment. It is cleared together with the view that shows the payment, in one
 * drawing; until then it stays busy, so that nothing is sent again.
 */
export function draftTaken(): void {
  const shown = (useTill.getState().view?.front ?? null) !== null;
  changeDraft((draft) => (shown ? emptyDraft : { ...draft, taken: true }));
}

/** Rule 8a: this payment stands on the screen because of the draft, or will with the next view. */
export function shownInstead(id: number): void {
  useTill.setState(({ draft, view }) => {
    const now = { ...draft, shownInstead: id };
    return { draft: view === null ? now : waiting(now, view, view) };
  });
}

export function changeDraft(change: (draft: Draft) => Draft): void {
  useTill.setState(({ draft }) => ({ draft: change(draft) }));
}
