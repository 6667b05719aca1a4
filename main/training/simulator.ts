import { type Mono, mono } from '../../shared/time.ts';
import type { TerminalIdentity } from '../ovo/types.ts';
import type { Clock } from '../platform/clock.ts';
import { type Books, type BooksView, openBooks } from './books.ts';
import { type Line, openLine } from './line.ts';
import { createOvo } from './ovo.ts';
import { servePhone } from './phone-server.ts';
import { servePos } from './pos-server.ts';
import { lineDownMs } from './stories.ts';

export interface SimulatorOptions {
  /** The simulator's only clock: `wall` dates its books, `mono` drives its stories. */
  readonly clock: Clock;
  /** The folder for its books; null keeps them in memory. */
  readonly directory: string | null;
  /** Port for OVO's endpoint. 0, or none: the port of the last run if it is free, else any. */
  readonly port?: number;
  readonly appKeys: Readonly<Record<string, string>>;
  readonly identity: TerminalIdentity;
  /** Approves every push at once, whatever its phone number (for benchmarks). */
  readonly answerAtOnce?: boolean;
}

export interface Simulator {
  /** OVO's base address for the till, without a slash at its end. */
  readonly baseUrl: string;
  /** The page that plays the customer's phone; it stays up while the line is down. */
  readonly phoneUrl: string;
  books(): BooksView;
  close(): Promise<void>;
}

/** If the port is still taken when the line should be up again, it is tried again this soon. */
const lineRetryMs = 1_000;

/**
 * Starts OVO's simulator for training on 127.0.0.1. It goes on where its books left off.
 * @throws if `port` is given and taken; BooksUnavailable if its books cannot be opened.
 */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock, appKeys, identity } = options;
  const books = openBooks(options.directory, clock.wall());
  const lines = new Lines(clock);
  const ovo = createOvo({
    clock,
    books,
    answerAtOnce: options.answerAtOnce ?? false,
    takeLineDown: () => lines.takeDown(),
  });
  const pos = { clock, books, ovo, appKeys, identity, lineIsUp: () => lines.isUp() };
  try {
    const line = await openLine({
      port: options.port ?? 0,
      preferred: rememberedPort(books, 'posPort'),
      handle: (request, response) => {
        // A fault in here must not take the till down with it; the till then sees a lost connection.
        servePos(pos, request, response).catch(() => response.destroy());
      },
    });
    lines.pos = line;
    const phone = await openLine({
      port: 0,
      preferred: rememberedPort(books, 'phonePort'),
      handle: servePhone({ clock, books, play: ovo.play, line: lines }),
    });
    lines.phone = phone;
    rememberPort(books, 'posPort', line.port);
    rememberPort(books, 'phonePort', phone.port);
    return {
      baseUrl: `http://127.0.0.1:${line.port}`,
      phoneUrl: `http://127.0.0.1:${phone.port}/`,
      books: () => books,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }

  async function close(): Promise<void> {
    ovo.play.close();
    await lines.close();
    books.close();
  }
}

function rememberedPort(books: Books, name: string): number {
  const port = Number(books.fact(name) ?? 0);
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : 0;
}

/** On a full disk the next run has other ports: no reason not to start. */
function rememberPort(books: Books, name: string, port: number): void {
  try {
    books.setFact(name, String(port));
  } catch {
    // Only a convenience for pages that are open.
  }
}

/** OVO's line, which stories and the phone page take down for a minute, and the phone page's. */
class Lines {
  pos: Line | null = null;
  phone: Line | null = null;
  readonly #clock: Clock;
  #upAt: Mono | null = null;
  #cancel: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  isUp(): boolean {
    return this.pos?.isUp() ?? false;
  }

  /** Milliseconds until connections are taken again; null while they are. */
  downLeftMs(): number | null {
    return this.#upAt === null ? null : Math.max(0, this.#upAt - this.#clock.mono());
  }

  takeDown(): void {
    if (this.#upAt !== null) return;
    this.pos?.down();
    this.#bringUpAt(mono(this.#clock.mono() + lineDownMs));
  }

  #bringUpAt(at: Mono): void {
    this.#upAt = at;
    this.#cancel = this.#clock.at(at, () => {
      const up = this.pos?.up() ?? Promise.resolve();
      up.then(
        () => {
          this.#upAt = null;
        },
        () => this.#bringUpAt(mono(this.#clock.mono() + lineRetryMs)),
      );
    });
  }

  async close(): Promise<void> {
    this.#cancel();
    await Promise.all([this.pos?.close(), this.phone?.close()]);
  }
}
