const mask = /[*xX•]/;

/**
 * Whether a phone number in an answer is ours. OVO may write it `08…`, `62…`, `+62…`, as a number
 * without its leading zero, or with digits hidden behind `*`, `x` or `•`; hidden digits agree with
 * any. `nothing` if no digit of it can be read: then it names no phone at all.
 */
export function comparePhone(theirs: string, ours: string): 'same' | 'other' | 'nothing' {
  const bare = theirs.replace(/[\s()+.\-\u00a0]/g, '');
  if (!/\d/.test(bare)) return 'nothing';
  const national = ours.replace(/^0/, '');
  const forms = [ours, national, `62${national}`, `620${national}`];
  return forms.some((form) => agrees(bare, form)) ? 'same' : 'other';
}

function agrees(theirs: string, form: string): boolean {
  if (!mask.test(theirs)) return theirs === form;
  if (theirs.length === form.length) {
    return [...theirs].every((mark, place) => mask.test(mark) || mark === form[place]);
  }
  // The mask has a length of its own: only what stands before and after it can be compared.
  const shown = theirs.split(/[*xX•]+/);
  const [head = '', tail = ''] = [shown.at(0), shown.at(-1)];
  return (
    shown.length === 2 &&
    head.length + tail.length <= form.length &&
    form.startsWith(head) &&
    form.endsWith(tail)
  );
}
