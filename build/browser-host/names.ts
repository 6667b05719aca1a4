import { z } from 'zod';

/** What both ends of the browser host's wire call things: the server here, the shim in the page. */

/** Names the page that asks; the newest one shows the till. */
export const pageHeader = 'X-Gerai-Page';
/** Carries the page's key. No other page can send it: a browser asks first, and is refused. */
export const keyHeader = 'X-Gerai-Key';
/** The `<meta>` in which the key comes, once, with the page that the printed address opens. */
export const keyMeta = 'gerai-key';

/** One line of the stream that a page holds open. An empty line only says that it still stands. */
export const StreamMessage = z.discriminatedUnion('event', [
  /** `run` names this life of the till. */
  z.object({ event: z.literal('welcome'), run: z.string() }),
  z.object({ event: z.literal('push'), message: z.unknown() }),
  /** Another page shows the till now. */
  z.object({ event: z.literal('elsewhere') }),
]);
export type StreamMessage = z.infer<typeof StreamMessage>;
