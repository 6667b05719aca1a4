import type { BrowserWindow, IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import { channels } from '../../shared/ipc.ts';
import type { Host, Sender } from '../host.ts';
import { pageOrigin } from './protocol.ts';
import { isOwnPage } from './security.ts';

/** What the door needs of the window; there is none before it is opened. */
export interface DoorWindow {
  readonly window: Pick<
    BrowserWindow,
    'focus' | 'isDestroyed' | 'isMinimized' | 'moveTop' | 'restore' | 'show'
  >;
  readonly contents: Pick<WebContents, 'isCrashed' | 'isDestroyed' | 'send'>;
}

type InvokeEvent = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>;

/**
 * The only file that listens to the page. It passes on what comes, with who sent it; what the message
 * may be is main/ipc.ts's to judge.
 */
export function electronHost(
  ipcMain: Pick<IpcMain, 'handle'>,
  current: () => DoorWindow | null,
): Host {
  return {
    onRequest(handle) {
      ipcMain.handle(channels.request, (event, message: unknown) =>
        handle(senderOf(event, current()), message),
      );
    },
    push(message) {
      const open = current();
      if (open === null || open.window.isDestroyed()) return;
      if (open.contents.isDestroyed() || open.contents.isCrashed()) return;
      open.contents.send(channels.push, message);
    },
    bringToFront() {
      const window = current()?.window;
      if (window === undefined || window.isDestroyed()) return 'the till has no window yet';
      if (window.isMinimized()) window.restore();
      window.show();
      window.moveTop();
      window.focus();
      return 'the window';
    },
  };
}

/**
 * SECURITY: only the top frame of the till's own window, showing the till's own page, is trusted. A
 * frame that went away before it could be looked at is not.
 */
function senderOf({ sender, senderFrame }: InvokeEvent, open: DoorWindow | null): Sender {
  if (senderFrame === null) return { trusted: false, description: 'a frame that is gone' };
  const { detached, origin, parent, url } = senderFrame;
  const description = `${origin} at ${url.replace(/[?#].*$/s, '').slice(0, 100)}`;
  const top = open !== null && sender === open.contents && parent === null && !detached;
  const trusted = top && origin === pageOrigin && isOwnPage(url);
  return { trusted, description: trusted ? 'the till’s page' : description };
}
