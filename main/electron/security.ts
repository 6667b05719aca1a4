import type { App, Session, WebContents, WebRequest } from 'electron';
import type { Log } from '../platform/log.ts';
import { isLoopback } from '../platform/loopback.ts';
import { pageOrigin } from './protocol.ts';

/**
 * What the till's window is refused, all in one place. The reasons stand under SECURITY; README has the
 * same list with the test of each.
 */

export type GuardedSession = Pick<
  Session,
  | 'on'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setPermissionRequestHandler'
  | 'setProxy'
  | 'setSpellCheckerEnabled'
> & { readonly webRequest: Pick<WebRequest, 'onBeforeRequest'> };

/** A proxy that leads nowhere, for loopback as well (`<-loopback>`): port 9 discards. */
const deadEnd = { mode: 'fixed_servers', proxyRules: 'http://127.0.0.1:9' } as const;

/** Closes the page's session before it is used. */
export async function guardSession(
  session: GuardedSession,
  log: Pick<Log, 'warn'>,
  packaged: boolean,
): Promise<void> {
  // SECURITY: no permission is ever granted, asked for or looked up: a till needs none of them.
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log.warn('the page asked for a permission', { permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  // SECURITY: nor a device (USB, HID, serial).
  session.setDevicePermissionHandler(() => false);
  // SECURITY: nor the screen or a window of it.
  session.setDisplayMediaRequestHandler((_request, answer) => answer(null));
  // SECURITY: nothing is downloaded.
  session.on('will-download', (event, item) => {
    event.preventDefault();
    log.warn('a download was refused', { from: brief(item.getURL()) });
  });
  // SECURITY: spell checking would fetch dictionaries.
  session.setSpellCheckerEnabled(false);
  // SECURITY: rule 26 once more, below the page's policy: every request that is not for the till's own
  // page is cancelled before it leaves …
  session.webRequest.onBeforeRequest((details, answer) => {
    const tools = !packaged && details.url.startsWith('devtools://');
    // What is written out in the page itself reaches nobody.
    const written = details.url.startsWith('data:');
    const cancel = !tools && !written && !isOwnPage(details.url);
    if (cancel) log.warn('a request of the page was refused', { to: brief(details.url) });
    answer({ cancel });
  });
  // SECURITY: … and what no request shows (WebRTC over TCP) finds a proxy that leads nowhere.
  await session.setProxy({ ...deadEnd, proxyBypassRules: '<-loopback>' });
}

export type GuardedContents = Pick<
  WebContents,
  'on' | 'setWebRTCIPHandlingPolicy' | 'setWindowOpenHandler'
>;

export interface Outside {
  /** The page that plays the customer's phone, in training; null elsewhere. */
  phoneUrl(): string | null;
  /** Opens an address in the person's own browser. */
  open(url: string): void;
}

/** Ties a page to its place. For every page that comes into being, whoever made it. */
export function guardContents(
  contents: GuardedContents,
  outside: Outside,
  log: Pick<Log, 'warn'>,
): void {
  const refuse = (what: string) => (event: { preventDefault(): void; readonly url?: string }) => {
    event.preventDefault();
    log.warn(what, { to: brief(event.url ?? '') });
  };
  // SECURITY: the page stays where it is: another page in its place would inherit its preload.
  contents.on('will-navigate', refuse('a navigation was refused'));
  contents.on('will-frame-navigate', refuse('a navigation of a frame was refused'));
  contents.on('will-redirect', refuse('a redirection was refused'));
  // SECURITY: no second browser inside the till, even if the tag were allowed one day.
  contents.on('will-attach-webview', refuse('a webview was refused'));
  // SECURITY: no new window. The one address that is opened, outside and by the system's browser, is
  // the training phone's, letter for letter.
  contents.setWindowOpenHandler(({ url }) => {
    const phone = outside.phoneUrl();
    if (phone !== null && isPhonePage(url, phone)) outside.open(phone);
    else log.warn('a new window was refused', { to: brief(url) });
    return { action: 'deny' };
  });
  // SECURITY: rule 26 for WebRTC, which the page's policy does not cover: no UDP past the proxy.
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** What concerns the whole program: certificates, log-ins, and each page as it comes into being. */
export function guardApp(
  app: Pick<App, 'on'>,
  guard: (contents: WebContents) => void,
  log: Pick<Log, 'warn'>,
): void {
  app.on('web-contents-created', (_event, contents) => guard(contents));
  // SECURITY: a certificate that does not hold is never accepted, whoever asks.
  app.on('certificate-error', (event, _contents, url, error, _certificate, answer) => {
    event.preventDefault();
    log.warn('a certificate was refused', { from: brief(url), error });
    answer(false);
  });
  // SECURITY: the window identifies itself to nobody, by certificate or by password.
  // Answered with nothing, since a question left open keeps its request waiting for ever.
  app.on('select-client-certificate', (event, _contents, _url, _list, answer) => {
    event.preventDefault();
    answer();
  });
  app.on('login', (event, _contents, _details, _asker, answer) => {
    event.preventDefault();
    answer();
  });
}

/** True for the till's own page and its files. */
export function isOwnPage(url: string): boolean {
  return url.startsWith(`${pageOrigin}/`);
}

/** `asked` and `phone` are one address, and it is on this machine. */
function isPhonePage(asked: string, phone: string): boolean {
  const [one, other] = [URL.parse(asked), URL.parse(phone)];
  return one !== null && one.href === other?.href && one.protocol === 'http:' && isLoopback(phone);
}

/** An address for the log: without what may be private in it. */
function brief(url: string): string {
  return url.replace(/[?#].*$/s, '').slice(0, 100);
}
