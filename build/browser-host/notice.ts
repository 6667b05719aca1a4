/**
 * Covers the page with plain words, or uncovers it. Styled through the object model: the page's
 * policy allows no inline style. The page beneath stays as it is, with what was typed.
 */
export function showNotice(words: readonly string[] | null, useHere: (() => void) | null): void {
  if (document.body === null) {
    document.addEventListener('DOMContentLoaded', () => showNotice(words, useHere));
    return;
  }
  document.getElementById('gerai-notice')?.remove();
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
    line.style.margin = '0 0 1rem';
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
  // Escape would uncover a page that cannot work.
  notice.addEventListener('cancel', (event) => event.preventDefault());
  document.body.append(notice);
  notice.showModal();
}
