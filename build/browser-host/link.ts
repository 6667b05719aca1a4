import { PageKey } from './key.ts';
import { Hello, keyHeader, pageHeader, pageSays, StreamMessage, tillSays } from './names.ts';
import { freshNonce, prove } from './proof.ts';

/** Why the page cannot work: the till is down, its session has ended, or another page took over. */
export type Trouble = 'stopped' | 'shutOut' | 'elsewhere';

export interface LinkEvents {
  push(message: unknown): void;
  /** The till that answers now is not the one that this page was loaded from. */
  restarted(): void;
  /** Null when all is well again. */
  trouble(trouble: Trouble | null): void;
}

const askAgainMs = 500;
/** A gap shorter than this shows nothing: a reload closes the stream too, for a moment. */
const quietMs = 700;

/**
 * The page's connection to the host: one stream of lines, kept up, and requests beside it. Both go
 * by fetch, because an EventSource cannot send the header with the page's key.
 */
export class Link {
  readonly #events: LinkEvents;
  readonly #page = crypto.randomUUID();
  readonly #key = new PageKey();
  #run: string | null = null;
  /** Proves this page to the life of the till that has proven itself to it. */
  #proof = '';
  #connected = Promise.withResolvers<void>();
  #lostAt: number | null = null;
  #over = false;

  constructor(events: LinkEvents) {
    this.#events = events;
    void this.#keepListening();
  }

  async request(channel: string, message: unknown): Promise<unknown> {
    // The first request of a page that is loading may wait; one to a till that is down may not.
    if (this.#lostAt !== null) throw new Error('the till cannot be reached');
    await this.#connected.promise;
    const response = await fetch('./ipc', {
      method: 'POST',
      headers: { ...this.#headers(), 'Content-Type': 'application/json' },
      body: JSON.stringify({ channel, message }),
    });
    if (!response.ok) throw new Error(`the till refused: ${response.status}`);
    return response.json();
  }

  #headers(): Record<string, string> {
    return { [pageHeader]: this.#page, [keyHeader]: this.#proof };
  }

  /**
   * Asks who is there, and shows itself only to one who knows the key: a stopped till's port may have
   * been taken by anybody. False for nobody, or a stranger; 'shutOut' if the till has ended the session.
   */
  async #greet(key: string): Promise<boolean | 'shutOut'> {
    const nonce = freshNonce();
    const answer = await fetch(`./hello?nonce=${nonce}`, { cache: 'no-store' }).catch(() => null);
    if (answer?.status === 403) return 'shutOut';
    const hello = Hello.safeParse(await answer?.json().catch(() => null)).data;
    if (hello === undefined) return false;
    const { port } = location;
    if ((await prove(key, tillSays(port, hello.run, nonce))) !== hello.proof) return false;
    this.#proof = await prove(key, pageSays(port, hello.run, this.#page));
    return true;
  }

  /** Opens the stream, and opens it again whenever it ends, until this page is not the till any more. */
  async #keepListening(): Promise<void> {
    for (;;) {
      const key = await this.#key.get();
      if (key === null) return this.#end('shutOut');
      const met = await this.#greet(key);
      const headers = this.#headers();
      const response =
        met === true
          ? await fetch('./push', { headers, cache: 'no-store' }).catch(() => null)
          : null;
      if (response?.ok && response.body !== null) await this.#listen(response.body);
      if (this.#over) return;
      // Only a fresh address, opened in another tab, could mend this: that tab then has the till.
      if (met === 'shutOut' || response?.status === 403) return this.#end('shutOut');
      const now = performance.now();
      this.#lostAt ??= now;
      if (now - this.#lostAt >= quietMs) this.#events.trouble('stopped');
      await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    }
  }

  /** Resolves when the stream has ended, however it did. */
  async #listen(body: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<void> {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        const lines = (rest + value).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) if (line !== '') this.#hear(JSON.parse(line));
      }
    } catch {
      // A till that was killed, or a line that is none: the stream is opened anew.
      await reader.cancel().catch(() => undefined);
    }
  }

  #hear(line: unknown): void {
    const said = StreamMessage.parse(line);
    if (said.event === 'elsewhere') this.#end('elsewhere');
    if (said.event === 'push') this.#events.push(said.message);
    if (said.event === 'welcome') this.#welcome(said.run);
  }

  #welcome(run: string): void {
    if (this.#run !== null && this.#run !== run) {
      this.#over = true;
      this.#events.restarted();
      return;
    }
    this.#run = run;
    this.#lostAt = null;
    this.#events.trouble(null);
    this.#connected.resolve();
  }

  #end(trouble: Trouble): void {
    this.#over = true;
    this.#lostAt = performance.now();
    this.#events.trouble(trouble);
  }
}
