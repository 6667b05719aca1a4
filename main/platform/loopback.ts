/**
 * True for a URL whose host is this machine itself: `localhost`, 127.0.0.0/8 or `::1`. Anything else,
 * an unreadable URL included, is not. Names are not looked up.
 */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false;
  // The parser has already turned `127.1`, `0x7f000001` and the like into four decimal parts.
  const host = new URL(url).hostname.toLowerCase();
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
