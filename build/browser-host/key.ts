import { z } from 'zod';
import { keyMeta } from './names.ts';

/** How long another tab of this till may take to answer; it is on the same machine. */
const answerMs = 300;
const place = 'gerai-key';

const Said = z.union([
  z.object({ kind: z.literal('fresh'), key: z.string() }),
  z.object({ kind: z.literal('wanted') }),
  z.object({ kind: z.literal('answer'), key: z.string() }),
]);

/**
 * The page's half of the session: a key that is never a cookie. Cookies ignore ports, so whatever
 * listens on another port of this machine is sent ours; the key stays in storage that is this port's
 * alone. It comes with the page that the printed address opens, survives a reload, and is handed on
 * to other tabs of the same till, so that there is one key as there is one cookie.
 */
export class PageKey {
  readonly #channel = new BroadcastChannel(place);
  #answered: (key: string) => void = () => undefined;

  constructor() {
    this.#channel.addEventListener('message', ({ data }) => this.#hear(data));
    const meta = document.querySelector<HTMLMetaElement>(`meta[name="${keyMeta}"]`);
    if (meta === null) return;
    keep(meta.content);
    this.#say({ kind: 'fresh', key: meta.content });
    meta.remove();
    // A reload must not bring the used token again.
    history.replaceState(null, '', '/');
  }

  /** The key, from another tab where this one has none; null when nobody has it. */
  async get(): Promise<string | null> {
    const own = sessionStorage.getItem(place);
    if (own !== null) return own;
    const key = await new Promise<string | null>((resolve) => {
      this.#answered = resolve;
      setTimeout(() => resolve(null), answerMs);
      this.#say({ kind: 'wanted' });
    });
    if (key !== null) keep(key);
    return key;
  }

  #hear(data: unknown): void {
    const said = Said.safeParse(data).data;
    if (said?.kind === 'fresh') keep(said.key);
    if (said?.kind === 'answer') this.#answered(said.key);
    const own = sessionStorage.getItem(place);
    if (said?.kind === 'wanted' && own !== null) this.#say({ kind: 'answer', key: own });
  }

  #say(said: z.infer<typeof Said>): void {
    this.#channel.postMessage(said);
  }
}

function keep(key: string): void {
  sessionStorage.setItem(place, key);
}
