import { createHash, createHmac } from 'node:crypto';

/** What the page of the browser host makes of its key, for tests that play the page by hand. */
export function pageProof(key: string, words: string): string {
  const secret = createHash('sha256').update(key).digest();
  return createHmac('sha256', secret).update(words).digest('base64url');
}
