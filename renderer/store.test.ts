import { beforeEach, expect, test } from 'vitest';
import { mono } from '../shared/time-text.ts';
import { payment, states } from '../test/gallery/states.ts';
import { emptyDraft } from './draft.ts';
import { changeDraft, draftTaken, useTill, viewCame } from './store.ts';

const view = states['new-payment'];
const typed = { ...emptyDraft, amount: '12500', phone: '081234567890', busy: true };

beforeEach(() => {
  useTill.setState({ view: null, draft: emptyDraft });
  viewCame({ ...view, revision: 5 }, mono(0));
  changeDraft(() => typed);
});

test('an older view never replaces a newer one, whichever way they came', () => {
  viewCame({ ...view, revision: 7, unfinished: 2 }, mono(1));
  viewCame({ ...view, revision: 6, unfinished: 9 }, mono(2));
  expect(useTill.getState().view?.unfinished).toBe(2);
});

test('rule 8a: a draft that became a payment stays busy until the payment is on the screen', () => {
  draftTaken();
  expect(useTill.getState().draft).toMatchObject({ amount: '12500', busy: true });
  viewCame({ ...view, revision: 6, front: payment({}) }, mono(1));
  expect(useTill.getState().draft).toEqual(emptyDraft);
});

test('where the payment was on the screen before the answer came, the draft is cleared at once', () => {
  viewCame({ ...view, revision: 6, front: payment({}) }, mono(1));
  expect(useTill.getState().draft).toMatchObject({ amount: '12500', busy: true });
  draftTaken();
  expect(useTill.getState().draft).toEqual(emptyDraft);
});
