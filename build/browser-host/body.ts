import type { IncomingMessage } from 'node:http';

export type Body =
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'tooLong' }
  | { readonly kind: 'unreadable' };

/** Reads at most `bytesMax`; the rest of a longer body is thrown away unread. Never throws. */
export async function readBody(request: IncomingMessage, bytesMax: number): Promise<Body> {
  const parts: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const part of request) {
      if (!Buffer.isBuffer(part)) return { kind: 'unreadable' };
      bytes += part.length;
      if (bytes <= bytesMax) parts.push(part);
      // Somebody who sends on and on is cut off; a little too much still gets its answer.
      else if (bytes > 64 * bytesMax) request.destroy();
    }
    if (bytes > bytesMax) return { kind: 'tooLong' };
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts));
    return { kind: 'json', value: JSON.parse(text) };
  } catch {
    return bytes > bytesMax ? { kind: 'tooLong' } : { kind: 'unreadable' };
  }
}
