import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { z } from 'zod';
import { instant, jakartaStamp, jakartaTime } from '../../shared/time.ts';
import type { Clock } from '../platform/clock.ts';
import type { BookMessage, BookPayment, BooksView } from './books.ts';
import { codeOf, troubleWords } from './books-trouble.ts';
import { hostIsOurs } from './caller.ts';
import { trainingMerchantName } from './identity.ts';
import { phonePage, phonePagePolicy } from './phone-page.ts';
import type { Play } from './play.ts';
import { sessionMs, storyOf } from './stories.ts';

const recentMax = 12;
/** Waiting payments are looked for among this many. */
const lookedThroughMax = 60;
const messagesMax = 30;
const bodyBytesMax = 1_024;

export interface PhoneOptions {
  readonly clock: Clock;
  readonly books: BooksView;
  readonly play: Play;
  readonly line: { downLeftMs(): number | null; takeDown(): void };
}

type Answer = { readonly status: number; readonly mediaType: string; readonly body: string };

/**
 * Serves the page that plays the customer's phone. Any page in the same browser can reach loopback,
 * so a foreign Host (a rebound name) or Origin (another site) is refused.
 */
export function servePhone(options: PhoneOptions): RequestListener {
  return (request, response) => {
    answerPhone(options, request).then(
      (answer) => send(options.clock, response, answer),
      (error: unknown) => send(options.clock, response, failed(error)),
    );
  };
}

async function answerPhone(options: PhoneOptions, request: IncomingMessage): Promise<Answer> {
  if (!hostIsOurs(request)) {
    return plain(421, 'This page is served to this computer only.');
  }
  if (request.method === 'GET') return answerGet(options, request);
  if (request.method !== 'POST') return plain(405, 'GET or POST only.');
  if (!fromThisPage(request)) return plain(403, 'Only the page itself may act.');
  if (request.headers['content-type'] !== 'application/json') return plain(415, 'JSON only.');
  return act(options, request);
}

/** No page can set or leave out these headers at will; a browser that omits one sends the other. */
function fromThisPage(request: IncomingMessage): boolean {
  const { host, origin } = request.headers;
  if (origin !== undefined) return origin === `http://${host}`;
  return request.headers['sec-fetch-site'] === 'same-origin';
}

function answerGet(options: PhoneOptions, request: IncomingMessage): Answer {
  if (request.url === '/') {
    return { status: 200, mediaType: 'text/html; charset=utf-8', body: phonePage };
  }
  if (request.url === '/phone/state') return json(200, phoneState(options));
  return plain(404, 'Nothing here.');
}

/** What was asked cannot be read, or the books cannot take it. */
function failed(error: unknown): Answer {
  if (!codeOf(error).startsWith('SQLITE_')) return plain(400, 'not readable');
  return plain(503, `OVO's books cannot be used: ${troubleWords(error)}. Try again.`);
}

const Choice = z.strictObject({ id: z.number().int().positive() });

async function act(options: PhoneOptions, request: IncomingMessage): Promise<Answer> {
  const body = await readJson(request);
  switch (request.url) {
    case '/phone/approve':
    case '/phone/decline': {
      const does = request.url === '/phone/approve' ? 'approves' : 'declines';
      const done = options.play.decide(Choice.parse(body).id, does);
      return json(done ? 200 : 409, { done });
    }
    case '/phone/line-down':
      z.strictObject({}).parse(body);
      options.line.takeDown();
      return json(200, { done: true });
    default:
      return plain(404, 'Nothing here.');
  }
}

/** What the page shows. Durations rather than instants, so that its own clock does not matter. */
export function phoneState({ clock, books, play, line }: PhoneOptions) {
  const last = books.recent(lookedThroughMax);
  const waiting = last.filter((payment) => payment.state === 'pending');
  const others = last.filter((payment) => payment.state !== 'pending').slice(0, recentMax);
  return {
    clock: jakartaTime(clock.wall()).slice(0, 5),
    day: jakartaStamp(clock.wall()).slice(0, 10),
    merchant: trainingMerchantName,
    lineDownLeftMs: line.downLeftMs(),
    waiting: waiting.map((payment) => ({
      ...shown(payment),
      leftMs: play.leftMs(payment.id) ?? 0,
      totalMs: sessionMs,
      byHand: storyOf(payment.phone).fate.kind === 'byHand',
    })),
    recent: others.map(shown),
    messages: books.messages(messagesMax).map(heard),
  };
}

function shown(payment: BookPayment) {
  const { id, amount, phone, state, code } = payment;
  const story = storyOf(phone).words;
  return { id, amount, phone, state, code, story, at: jakartaTime(instant(payment.receivedAt)) };
}

function heard(message: BookMessage) {
  const { id, operation, status, code, reason } = message;
  const at = jakartaTime(instant(message.receivedAt));
  return { id, at, operation, answered: message.answeredAt !== null, status, code, reason };
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request) {
    const piece = Buffer.from(part);
    bytes += piece.length;
    if (bytes > bodyBytesMax) throw new Error('too long');
    parts.push(piece);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function send(clock: Clock, response: ServerResponse, answer: Answer): void {
  response.sendDate = false;
  response.writeHead(answer.status, {
    date: new Date(clock.wall()).toUTCString(),
    'content-type': answer.mediaType,
    'content-length': Buffer.byteLength(answer.body),
    'content-security-policy': phonePagePolicy,
    'cache-control': 'no-store',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    // Stricter, and the browser would send the page's own POSTs with the origin "null".
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
  });
  response.end(answer.body);
}

function plain(status: number, text: string): Answer {
  return { status, mediaType: 'text/plain; charset=utf-8', body: text };
}

function json(status: number, value: unknown): Answer {
  return { status, mediaType: 'application/json', body: JSON.stringify(value) };
}
