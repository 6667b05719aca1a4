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

/** The page's connection to the host: one event stream, kept up, and requests beside it. */
export class Link {
  readonly #events: LinkEvents;
  readonly #page = crypto.randomUUID();
  #run: string | null = null;
  #connected = Promise.withResolvers<void>();
  #lostAt: number | null = null;
  #over = false;

  constructor(events: LinkEvents) {
    this.#events = events;
    this.#connect();
  }

  async request(channel: string, message: unknown): Promise<unknown> {
    // The first request of a page that is loading may wait; one to a till that is down may not.
    if (this.#lostAt !== null) throw new Error('the till cannot be reached');
    await this.#connected.promise;
    const response = await fetch('./ipc', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Gerai-Page': this.#page },
      body: JSON.stringify({ channel, message }),
    });
    if (!response.ok) throw new Error(`the till refused: ${response.status}`);
    return response.json();
  }

  #connect(): void {
    const stream = new EventSource(`./push?page=${this.#page}`);
    stream.addEventListener('welcome', (event) => this.#welcome(event));
    stream.addEventListener('push', (event) => this.#events.push(JSON.parse(event.data)));
    stream.addEventListener('elsewhere', () => {
      stream.close();
      this.#over = true;
      this.#lostAt = performance.now();
      this.#events.trouble('elsewhere');
    });
    stream.onerror = () => {
      // The browser's own retries cannot tell a till that is down from a session that has ended.
      stream.close();
      if (!this.#over) this.#lost();
    };
  }

  #welcome(event: MessageEvent): void {
    const { run } = JSON.parse(event.data);
    if (this.#run !== null && this.#run !== run) {
      this.#events.restarted();
      return;
    }
    this.#run = run;
    this.#lostAt = null;
    this.#events.trouble(null);
    this.#connected.resolve();
  }

  #lost(): void {
    this.#lostAt ??= performance.now();
    setTimeout(() => void this.#askAgain(), askAgainMs);
  }

  async #askAgain(): Promise<void> {
    const response = await fetch('./session').catch(() => null);
    if (response?.ok) {
      this.#connect();
      return;
    }
    const gone = performance.now() - (this.#lostAt ?? 0);
    if (response?.status === 403) this.#events.trouble('shutOut');
    else if (gone >= quietMs) this.#events.trouble('stopped');
    this.#lost();
  }
}
