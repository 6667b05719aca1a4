import type { IncomingMessage, ServerResponse } from 'node:http';
import { mono } from '../../shared/time.ts';
import type { TerminalIdentity } from '../ovo/types.ts';
import type { Clock } from '../platform/clock.ts';
import { refusalAnswer, type WireAnswer } from './answers.ts';
import type { Books } from './books.ts';
import { hostIsOurs, isNoBrowser } from './caller.ts';
import type { Ovo } from './ovo.ts';
import type { Reply } from './play.ts';
import { type Read, readMessage, requestBytesMax } from './protocol.ts';

/** What is kept of a request or an answer in the books, in characters. */
const keptChars = 8_192;
/** How long a dripping answer takes, and how often it drips. */
const dripForMs = 120_000;
const dripEveryMs = 1_000;

export interface PosOptions {
  readonly clock: Clock;
  readonly books: Books;
  readonly ovo: Ovo;
  readonly appKeys: Readonly<Record<string, string>>;
  readonly identity: TerminalIdentity;
  /** False while new connections are refused: the present one is then closed after its answer. */
  readonly lineIsUp: () => boolean;
}

/**
 * Serves POST /pos and nothing else. A message and its consequence are in the books before its answer
 * leaves. A page in a browser is turned away before anything of it is kept: it could fill the books
 * and use up numbers. Rejects if the books cannot be written; nothing of the message is kept then.
 */
export async function servePos(
  options: PosOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (!hostIsOurs(request) || !isNoBrowser(request)) return turnAway(response);
  const body = await readBody(request);
  if (body === 'aborted') return;
  const { books, clock, ovo } = options;
  const outbox: WireAnswer[] = [];
  // A story may answer long after a commit that failed: its message is not in the books.
  let commit: 'open' | 'done' | 'failed' = 'open';
  const receive = () => {
    const kept = body === 'tooLong' ? '(longer than 64 KiB)' : body.toString('utf8');
    const id = books.addMessage(clock.wall(), kept.slice(0, keptChars));
    const reply: Reply = (answer, reason) => {
      if (commit === 'failed') return;
      books.changeMessage(id, {
        answeredAt: clock.wall(),
        status: answer.status,
        code: answer.code,
        answer: answer.body.toString('utf8', 0, keptChars),
        ...(reason === undefined ? {} : { reason }),
      });
      if (commit === 'done') send(options, request, response, answer);
      else outbox.push(answer);
    };
    const read = readRequest(options, request, body);
    if (!read.ok) {
      books.changeMessage(id, { operation: read.refusal.operation });
      return reply(refusalAnswer(read.refusal), read.refusal.reason);
    }
    books.changeMessage(id, { operation: read.message.operation });
    ovo.receive(read.message, reply, (paymentId) => books.changeMessage(id, { paymentId }));
  };
  try {
    books.transaction(receive);
    commit = 'done';
  } catch (error) {
    commit = 'failed';
    throw error;
  }
  for (const answer of outbox) send(options, request, response, answer);
}

function turnAway(response: ServerResponse): void {
  response.writeHead(403, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
  response.end('Only a till on this computer may speak to this address.\n');
}

function readRequest(
  options: PosOptions,
  request: IncomingMessage,
  body: Buffer | 'tooLong',
): Read {
  const refuse = (status: number, reason: string): Read => ({
    ok: false,
    refusal: { code: 'BR', status, reason, operation: null, echo: {} },
  });
  if (request.url !== '/pos') return refuse(404, `nothing is served at ${request.url ?? ''}`);
  if (request.method !== 'POST') return refuse(405, `${request.method ?? ''} instead of POST`);
  if (body === 'tooLong') return refuse(413, `longer than ${requestBytesMax} bytes`);
  return readMessage({ headers: request.headers, body }, { ...options, now: options.clock.wall() });
}

async function readBody(request: IncomingMessage): Promise<Buffer | 'tooLong' | 'aborted'> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of request) {
      const piece = Buffer.from(part);
      bytes += piece.length;
      if (bytes <= requestBytesMax) parts.push(piece);
    }
  } catch {
    return 'aborted';
  }
  return bytes > requestBytesMax ? 'tooLong' : Buffer.concat(parts);
}

function send(
  options: PosOptions,
  request: IncomingMessage,
  response: ServerResponse,
  answer: WireAnswer,
): void {
  if (response.destroyed) return;
  if (answer.manner === 'closed') {
    request.socket.destroy();
    return;
  }
  // The header must show OVO's clock, which in a test is not the machine's.
  response.sendDate = false;
  response.writeHead(answer.status, {
    date: new Date(options.clock.wall()).toUTCString(),
    'content-length': answer.body.length,
    ...(answer.mediaType === null ? {} : { 'content-type': answer.mediaType }),
    ...(options.lineIsUp() ? {} : { connection: 'close' }),
  });
  if (answer.manner === 'drip') drip(options.clock, response, answer.body);
  else response.end(answer.body);
}

function drip(clock: Clock, response: ServerResponse, body: Buffer): void {
  const size = Math.ceil(body.length / (dripForMs / dripEveryMs));
  const next = (from: number): void => {
    if (response.destroyed) return;
    if (from >= body.length) {
      response.end();
      return;
    }
    response.write(body.subarray(from, from + size));
    clock.at(mono(clock.mono() + dripEveryMs), () => next(from + size));
  };
  next(0);
}
