/** The page's half of the proofs: the same HMAC that the till makes, by the browser's own means. */

/** HMAC-SHA-256 of `words`, as base64url. The key of the HMAC is the hash of the page's key. */
export async function prove(key: string, words: string): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const hash = await crypto.subtle.digest('SHA-256', bytes(key));
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  const secret = await crypto.subtle.importKey('raw', hash, hmac, false, ['sign']);
  return base64url(new Uint8Array(await crypto.subtle.sign('HMAC', secret, bytes(words))));
}

/** Asked once and never again: an old answer proves nothing. */
export function freshNonce(): string {
  return base64url(crypto.getRandomValues(new Uint8Array(24)));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
