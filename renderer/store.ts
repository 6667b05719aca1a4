import { create } from 'zustand';
import type { Mono } from '../shared/time.ts';
import type { TillView } from '../shared/view.ts';
import { type Draft, emptyDraft } from './draft.ts';

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
    draft: draft.taken ? emptyDraft : draft,
  }));
}

/**
 * The draft has become a payment. It is cleared together with the view that shows the payment, in one
 * drawing; until then it stays busy, so that nothing is sent again.
 */
export function draftTaken(): void {
  const shown = (useTill.getState().view?.front ?? null) !== null;
  changeDraft((draft) => (shown ? emptyDraft : { ...draft, taken: true }));
}

export function changeDraft(change: (draft: Draft) => Draft): void {
  useTill.setState(({ draft }) => ({ draft: change(draft) }));
}
