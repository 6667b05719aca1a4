/** Ends the notice that stands; null while there is none. */
let uncover: (() => void) | null = null;

/**
 * Covers the page with plain words, or uncovers it. Styled through the object model: the page's
 * policy allows no inline style. The page beneath stays as it is, with what was typed, but out of
 * sight and out of reach of every key: what it shows may be long over.
 */
export function showNotice(words: readonly string[] | null, useHere: (() => void) | null): void {
  if (document.body === null) {
    document.addEventListener('DOMContentLoaded', () => showNotice(words, useHere));
    return;
  }
  uncover?.();
  uncover = null;
  if (words === null) return;
  const notice = document.createElement('dialog');
  notice.id = 'gerai-notice';
  notice.setAttribute('role', 'alertdialog');
  Object.assign(notice.style, {
    maxWidth: '40rem',
    padding: '2.5rem',
    border: '0',
    borderRadius: '1rem',
    fontSize: '1.25rem',
    fontWeight: '600',
    lineHeight: '1.5',
  });
  words.forEach((sentence, index) => {
    const line = document.createElement('p');
    line.textContent = sentence;
    const last = index === words.length - 1 && useHere === null;
    line.style.margin = last ? '0' : '0 0 1rem';
    if (index > 0) Object.assign(line.style, { fontWeight: '400', fontSize: '1rem' });
    notice.append(line);
  });
  if (useHere !== null) {
    const button = document.createElement('button');
    button.textContent = 'Use it here · Pakai di sini';
    Object.assign(button.style, { font: 'inherit', padding: '0.75rem 1.5rem', minHeight: '48px' });
    button.addEventListener('click', useHere);
    notice.append(button);
  }
  document.body.append(notice);
  uncover = stay(notice);
}

/** Shows it and lets nothing close it, as Escape would. Returns what does, and gives the page back. */
function stay(notice: HTMLDialogElement): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  const till = document.getElementById('till');
  const focused = document.activeElement;
  notice.setAttribute('closedby', 'none');
  notice.addEventListener('cancel', (event) => event.preventDefault(), { signal });
  notice.addEventListener('close', () => notice.showModal(), { signal });
  if (till !== null) {
    till.inert = true;
    till.style.visibility = 'hidden';
  }
  notice.showModal();
  return () => {
    ended.abort();
    notice.remove();
    if (till === null) return;
    till.inert = false;
    till.style.visibility = '';
    if (focused instanceof HTMLElement) focused.focus();
  };
}
