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
 * Takes a view in. Pushes come in order, so each is newer than the last (a lower revision means
 * that main was started again); an asked-for view may be overtaken by a push and is dropped then.
 */
export function viewCame(view: TillView, how: 'pushed' | 'asked', at: Mono): void {
  const last = useTill.getState().view;
  if (how === 'asked' && last !== null && view.revision < last.revision) return;
  useTill.setState({ view, receivedAt: at });
}

export function changeDraft(change: (draft: Draft) => Draft): void {
  useTill.setState(({ draft }) => ({ draft: change(draft) }));
}
