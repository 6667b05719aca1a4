import { z } from 'zod';

/** What both ends of the browser host's wire call things: the server here, the shim in the page. */

/** Names the page that asks; the newest one shows the till. */
export const pageHeader = 'X-Gerai-Page';
/** Carries the page's proof. No other page can send it: a browser asks first, and is refused. */
export const keyHeader = 'X-Gerai-Key';
/** The `<meta>` in which the key comes, once, with the page that the printed address opens. */
export const keyMeta = 'gerai-key';

/** What the till answers to `/hello?nonce=…`: which life of it this is, and that it knows the key. */
export const Hello = z.object({ run: z.string(), proof: z.string() });

/** What the till's proof covers. The port, so that one till's answer is not passed on as another's. */
export function tillSays(port: string, run: string, nonce: string): string {
  return `till|${port}|${run}|${nonce}`;
}

/** What the page's proof covers: worth nothing at another port, in another life, for another page. */
export function pageSays(port: string, run: string, page: string): string {
  return `page|${port}|${run}|${page}`;
}

/** One line of the stream that a page holds open. An empty line only says that it still stands. */
export const StreamMessage = z.discriminatedUnion('event', [
  /** `run` names this life of the till. */
  z.object({ event: z.literal('welcome'), run: z.string() }),
  z.object({ event: z.literal('push'), message: z.unknown() }),
  /** Another page shows the till now. */
  z.object({ event: z.literal('elsewhere') }),
]);
export type StreamMessage = z.infer<typeof StreamMessage>;
