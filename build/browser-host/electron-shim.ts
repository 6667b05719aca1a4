import { channels } from '../../shared/ipc.ts';
import { hostNotices } from '../../shared/words/host.ts';
import { Link } from './link.ts';
import { showNotice } from './notice.ts';

/**
 * Plays the two parts of Electron that preload uses, in a browser: requests go by fetch, and pushes
 * come by one that stays open. The build puts this in the place of `electron`; it is in no package.
 */

const settledMs = 500;

type Listener = (event: unknown, message: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

const link = new Link({
  push: (message) => {
    for (const listener of listeners.get(channels.push) ?? []) listener({}, message);
  },
  restarted: () => location.reload(),
  trouble: (trouble) => {
    if (trouble === 'elsewhere') void tellElsewhere();
    else showNotice(trouble === null ? null : hostNotices[trouble], null);
  },
});

/**
 * In another window of this browser the till can be taken back: a person's choice, for two pages would
 * else push each other out for ever. In another browser it has a new session, and a page that loads
 * itself again here would find a closed door: asked before the button is shown, and when it is pressed.
 */
async function tellElsewhere(): Promise<void> {
  showNotice(hostNotices.elsewhere, null);
  // The cookie of a new session comes with the other window's page, a moment after this news.
  await new Promise((resolve) => setTimeout(resolve, settledMs));
  if (!(await admitted())) showNotice(hostNotices.otherBrowser, null);
  else showNotice(hostNotices.elsewhere, () => void takeBack());
}

async function takeBack(): Promise<void> {
  if (await admitted()) location.reload();
  else showNotice(hostNotices.otherBrowser, null);
}

/** False only where the till says so: one that does not answer has its own notice after a reload. */
async function admitted(): Promise<boolean> {
  const answer = await fetch('./', { cache: 'no-store' }).catch(() => null);
  return answer?.status !== 403;
}

export const ipcRenderer = {
  /** Rejects while the till cannot be reached: a payment is never sent later than it was asked for. */
  invoke: (channel: string, message: unknown): Promise<unknown> => link.request(channel, message),
  on(channel: string, listener: Listener): void {
    const known = listeners.get(channel) ?? new Set();
    listeners.set(channel, known.add(listener));
  },
  removeListener(channel: string, listener: Listener): void {
    listeners.get(channel)?.delete(listener);
  },
};

export const contextBridge = {
  exposeInMainWorld(name: string, api: unknown): void {
    Object.defineProperty(window, name, { value: api });
  },
};
