import { expect, test } from 'vitest';
import { ProxyInvalid, proxyFor, proxyUrl } from './proxy.ts';

const ovo = 'https://apigw.ovo.id/pos';

test('none is none, and a URL is that proxy, whatever the system says', () => {
  expect(proxyFor(ovo, 'none', () => 'http://other:1')).toBeNull();
  expect(`${proxyFor(ovo, 'http://proxy.shop:3128', () => '')}`).toBe('http://proxy.shop:3128/');
});

test.each(['http://127.0.0.1:4000/pos', 'http://localhost:4000/pos', 'https://[::1]:4000/pos'])(
  'this machine itself is never reached by a proxy: %s',
  (url) => {
    expect(proxyFor(url, 'http://proxy.shop:3128')).toBeNull();
    expect(proxyFor(url, 'system', () => 'http://proxy.shop:3128')).toBeNull();
  },
);

test.each([
  ['', null],
  ['DIRECT', null],
  ['http://proxy.shop:3128', 'http://proxy.shop:3128/'],
  ['PROXY proxy.shop:3128', 'http://proxy.shop:3128/'],
  ['PROXY proxy.shop:3128; DIRECT', 'http://proxy.shop:3128/'],
  ['HTTPS proxy.shop:443', 'https://proxy.shop/'],
  ['SOCKS5 proxy.shop:1080; PROXY second.shop:80; DIRECT', 'http://second.shop/'],
  ['SOCKS5 proxy.shop:1080; DIRECT', null],
])('the system says %j', async (found, expected) => {
  const now = await proxyFor(ovo, 'system', () => found);
  const later = await proxyFor(ovo, 'system', async () => found);
  expect(now?.href ?? null).toBe(expected);
  expect(later?.href ?? null).toBe(expected);
});

test.each(['proxy.shop', 'socks5://proxy.shop:1080', 'ftp://me:secret@proxy.shop', ''])(
  'a proxy that cannot be used is refused in clear words: %j',
  (text) => {
    expect(() => proxyUrl(text)).toThrow(ProxyInvalid);
    expect(() => proxyUrl(text)).not.toThrow(/secret/);
  },
);

test('a system that names only proxies we cannot use is no direct connection', async () => {
  expect(() => proxyFor(ovo, 'system', () => 'SOCKS5 proxy.shop:1080')).toThrow(ProxyInvalid);
  await expect(proxyFor(ovo, 'system', async () => 'SOCKS5 a:1')).rejects.toThrow(ProxyInvalid);
});
