import { channels } from '../../shared/ipc.ts';
import { Link, type Trouble } from './link.ts';
import { showNotice } from './notice.ts';

/**
 * Plays the two parts of Electron that preload uses, in a browser: requests go by fetch, and pushes
 * come by one that stays open. The build puts this in the place of `electron`; it is in no package.
 */

type Listener = (event: unknown, message: unknown) => void;

const listeners = new Map<string, Set<Listener>>();

const words: Record<Trouble, readonly [string, string]> = {
  stopped: [
    'The till has stopped. Payments under way are not lost: they go on when it is started again (npm start). This page then comes back by itself; if it does not, open the address that was printed.',
    'Kasir berhenti. Pembayaran yang berjalan tidak hilang: dilanjutkan saat kasir dijalankan lagi (npm start). Halaman ini kembali sendiri; jika tidak, buka alamat yang dicetak.',
  ],
  shutOut: [
    'This page does not belong to the till. Type npm start once more: it prints an address that opens the till.',
    'Halaman ini tidak terhubung dengan kasir. Ketik npm start sekali lagi: alamat yang dicetak membuka kasir.',
  ],
  elsewhere: [
    'The till has been opened in another window, and goes on there. This one has stopped.',
    'Kasir dibuka di jendela lain. Jendela ini sudah berhenti.',
  ],
};

const link = new Link({
  push: (message) => {
    for (const listener of listeners.get(channels.push) ?? []) listener({}, message);
  },
  restarted: () => location.reload(),
  trouble: (trouble) =>
    showNotice(
      trouble === null ? null : words[trouble],
      // Taking the till back is a person's choice: two pages would else push each other out for ever.
      trouble === 'elsewhere' || trouble === 'shutOut' ? () => location.reload() : null,
    ),
});

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
