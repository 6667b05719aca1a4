/** More slips of the finger than this are another word. */
const slipsMax = 2;

/**
 * The one of `words` that `typed` was probably meant to be: the same but for capitals and marks, one
 * that it begins (`prod`), or one at most two slips away. Null where none is near, or two are alike.
 */
export function nearest(typed: string, words: readonly string[]): string | null {
  const bare = bareOf(typed);
  if (bare === '') return null;
  const same = words.filter((word) => bareOf(word) === bare);
  if (same.length > 0) return same[0] ?? null;
  const begun = words.filter((word) => bare.length > slipsMax && bareOf(word).startsWith(bare));
  if (begun.length === 1) return begun[0] ?? null;
  const near = words
    .map((word) => ({ word, slips: slipsBetween(bare, bareOf(word)) }))
    // Of a short word, two letters are not a slip but most of it.
    .filter(({ word, slips }) => slips <= Math.min(slipsMax, Math.floor(word.length / 3)))
    .sort((a, b) => a.slips - b.slips);
  const [first, second] = near;
  return first === undefined || first.slips === second?.slips ? null : first.word;
}

const bareOf = (word: string): string => word.toLowerCase().replace(/[^a-z]/g, '');

/** Levenshtein's distance: letters added, left out or exchanged. */
function slipsBetween(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > slipsMax) return slipsMax + 1;
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, wanted] of [...other].entries()) {
      const exchanged = (row[j] ?? 0) + (letter === wanted ? 0 : 1);
      next.push(Math.min(exchanged, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
