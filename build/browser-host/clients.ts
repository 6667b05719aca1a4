import type { ServerResponse } from 'node:http';
import type { StreamMessage } from './names.ts';

/** A page that does not read what it is sent is let go when this much waits for it. */
const waitingBytesMax = 4 * 1024 * 1024;
/** Pages that were told to stop and must not come back, newest last. */
const stoppedMax = 50;

/**
 * The one page that shows the till. The newest wins: an older one is told that the till was opened
 * elsewhere, stops, and may not send requests any more.
 */
export class Clients {
  readonly #run: string;
  #page: string | null = null;
  #stream: ServerResponse | null = null;
  #stopped: string[] = [];
  #last: unknown;

  /** `run` names this life of the till, so that a page can tell a restart from a short gap. */
  constructor(run: string) {
    this.#run = run;
  }

  /** Takes over the stream of a page, whose headers have been sent. */
  open(page: string, stream: ServerResponse): void {
    if (this.#stopped.includes(page)) {
      stream.end(lineOf({ event: 'elsewhere' }));
      return;
    }
    if (this.#page !== page) this.stopCurrent();
    else this.#stream?.end();
    this.#page = page;
    this.#stream = stream;
    stream.on('close', () => {
      if (this.#stream === stream) this.#stream = null;
    });
    stream.write(lineOf({ event: 'welcome', run: this.#run }));
    // What was pushed while a page was away is the whole view: the last one is enough.
    if (this.#last !== undefined) stream.write(lineOf({ event: 'push', message: this.#last }));
  }

  /** The page on the screen is told that the till goes on elsewhere. */
  stopCurrent(): void {
    if (this.#page === null) return;
    this.#stopped = [...this.#stopped, this.#page].slice(-stoppedMax);
    this.#stream?.end(lineOf({ event: 'elsewhere' }));
    this.#page = null;
    this.#stream = null;
  }

  isCurrent(page: string): boolean {
    return this.#page === page;
  }

  push(message: unknown): void {
    this.#last = message;
    if (this.#stream === null) return;
    if (this.#stream.writableLength > waitingBytesMax) this.#stream.destroy();
    else this.#stream.write(lineOf({ event: 'push', message }));
  }

  /** Keeps the stream from looking dead to anything between. */
  beat(): void {
    this.#stream?.write('\n');
  }

  close(): void {
    this.#stream?.end();
  }
}

function lineOf(message: StreamMessage): string {
  return `${JSON.stringify(message)}\n`;
}
