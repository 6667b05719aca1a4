/**
 * The phone page's own script: plain JavaScript as the browser gets it. It asks for the state twice
 * a second and writes it into the page as text, never as markup.
 */
export const phoneScript = `'use strict';
const byId = (id) => document.getElementById(id);
const rupiah = (n) => 'Rp\\u00a0' + String(n).replace(/\\B(?=(\\d{3})+(?!\\d))/g, '.');
const dashed = (phone) => phone.replace(/^(\\d{4})(\\d{4})(\\d+)$/, '$1-$2-$3');
const operations = { pushToPay: 'Push to Pay', statusCheck: 'Status check', reversal: 'Reversal',
  void: 'Void', voidStatusCheck: 'Void status', phoneCheck: 'Phone check' };
const fates = { onItsWay: 'On its way', lost: 'Never arrived', refused: 'Refused', charged: 'Paid',
  declined: 'Declined', expired: 'Not confirmed', reversed: 'Taken back', voided: 'Voided' };
const cards = new Map();

const el = (tag, className, text) => {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
};
const set = (node, text) => { if (node.textContent !== text) node.textContent = text; };

async function post(path, body) {
  const answer = await fetch(path, { method: 'POST',
    headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (answer.status === 503) throw new Error(await answer.text());
  await refresh();
}

function newCard(payment, merchant) {
  const card = byId('card').content.firstElementChild.cloneNode(true);
  const at = (name) => card.querySelector('.' + name);
  at('when').textContent = payment.at;
  at('merchant').textContent = merchant + ' asks you to pay';
  at('amount').textContent = rupiah(payment.amount);
  at('to').textContent = dashed(payment.phone);
  at('choice').hidden = !payment.byHand;
  at('story').textContent = payment.byHand ? '' : 'Plays by itself: ' + payment.story;
  at('story').hidden = payment.byHand;
  const decide = (path) => () => {
    for (const button of card.querySelectorAll('button')) button.disabled = true;
    // Fails if the till has gone or its disk is full; the payment may be decided later.
    post(path, { id: payment.id }).catch(() => {
      for (const button of card.querySelectorAll('button')) button.disabled = false;
    });
  };
  at('approve').addEventListener('click', decide('/phone/approve'));
  at('decline').addEventListener('click', decide('/phone/decline'));
  at('approve').setAttribute('aria-label', 'Approve ' + rupiah(payment.amount));
  at('decline').setAttribute('aria-label', 'Decline ' + rupiah(payment.amount));
  return card;
}

function showWaiting(state) {
  const gone = new Set(cards.keys());
  for (const payment of state.waiting) {
    gone.delete(payment.id);
    if (!cards.has(payment.id)) {
      cards.set(payment.id, newCard(payment, state.merchant));
      byId('cards').prepend(cards.get(payment.id));
    }
    const card = cards.get(payment.id);
    const seconds = Math.ceil(payment.leftMs / 1000);
    card.querySelector('.bar i').style.width = (100 * payment.leftMs) / payment.totalMs + '%';
    card.classList.toggle('soon', seconds <= 10);
    set(card.querySelector('.left span'), seconds + ' s left');
  }
  for (const id of gone) {
    cards.get(id).remove();
    cards.delete(id);
  }
  byId('empty').hidden = state.waiting.length > 0;
  document.title = (state.waiting.length ? '(' + state.waiting.length + ') ' : '')
    + 'Customer\\u2019s phone \\u00b7 training';
}

function showRecent(recent) {
  byId('earlier').hidden = recent.length === 0;
  byId('recent').replaceChildren(...recent.map((payment) => {
    const line = el('li', payment.state, '');
    const fate = payment.state === 'declined' && payment.code !== '17'
      ? 'Refused (' + payment.code + ')' : fates[payment.state];
    const left = el('div', '', '');
    left.append(el('b', '', rupiah(payment.amount)),
      el('small', '', payment.at + ' \\u00b7 \\u2026' + payment.phone.slice(-4)));
    line.append(left, el('span', 'fate', fate));
    return line;
  }));
}

function showMessages(messages) {
  byId('nothing').hidden = messages.length > 0;
  byId('messages').replaceChildren(...messages.map((message) => {
    const answer = !message.answered ? 'unanswered' : message.code ?? 'HTTP ' + message.status;
    const line = el('li', message.reason ? 'odd' : '', '');
    line.append(el('time', '', message.at),
      el('span', 'what', operations[message.operation] ?? 'Not understood'),
      el('span', 'code', answer));
    if (message.reason) line.append(el('span', 'reason', message.reason));
    return line;
  }));
}

function showLine(leftMs) {
  const down = leftMs !== null;
  const words = down ? 'OVO refuses connections for ' + Math.ceil(leftMs / 1000) + ' s.'
    : 'OVO takes connections.';
  set(byId('line-words'), words);
  byId('line-down').disabled = down;
  byId('line').hidden = !down;
  set(byId('line'), down ? words : '');
}

function show(state) {
  set(byId('clock'), state.clock);
  set(byId('time'), state.clock);
  set(byId('day'), new Date(state.day + 'T00:00:00Z').toLocaleDateString('en-GB',
    { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }));
  showWaiting(state);
  showLine(state.lineDownLeftMs);
  // Lists are rebuilt only when they differ, so that a selection or a screen reader is left alone.
  const lists = JSON.stringify([state.recent, state.messages]);
  if (lists === show.lists) return;
  show.lists = lists;
  showRecent(state.recent);
  showMessages(state.messages);
}

async function refresh() {
  try {
    const answer = await fetch('/phone/state', { cache: 'no-store' });
    if (!answer.ok) throw new Error(String(answer.status));
    show(await answer.json());
    document.body.classList.remove('away');
  } catch {
    document.body.classList.add('away');
    byId('line').hidden = false;
    set(byId('line'), 'The till is not running. This page goes on when it is started again.');
  }
}

byId('line-down').addEventListener('click', () => post('/phone/line-down', {}).catch(() => {}));
async function poll() {
  await refresh();
  setTimeout(poll, 500);
}
poll();
`;
