import net from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { AppKey } from '../../main/ovo/app-key.ts';
import { buildRequest } from '../../main/ovo/messages.ts';
import type { ExchangeEnd } from '../../main/ovo/types.ts';
import { createWire, type WireOptions } from '../../main/ovo/wire.ts';
import { Rupiah } from '../../shared/money.ts';
import { Phone } from '../../shared/phone.ts';
import { instant } from '../../shared/time.ts';
import { ManualClock } from '../support/manual-clock.ts';
import {
  deadPort,
  httpAnswer,
  loopbackCert,
  type RawServer,
  rawServer,
} from '../support/raw-server.ts';

// A name that no resolver knows: whoever reaches it went by the proxy.
const baseUrl = 'https://ovo.gerai.invalid';

const identity = { appId: 'gerai', merchantId: '1', storeCode: 'S1', tid: '42', mid: '43' };
const phone = Phone.parse('081234567890');
const requestTo = (base: string) =>
  buildRequest(
    'phoneCheck',
    { phone, amount: Rupiah.parse(1), numbers: null, pushedAt: null },
    {
      identity,
      baseUrl: base,
      signature: 'app-id+random',
      statusDate: 'original',
      appKey: new AppKey('secret-app-key'),
    },
    instant(1_616_580_000_123),
  );
const request = requestTo(baseUrl);

function exchange(more: Partial<WireOptions>, to = request) {
  const clock = new ManualClock();
  const wire = createWire({
    baseUrl,
    proxy: 'none',
    clock,
    connectMs: 5_000,
    tls: { ca: loopbackCert },
    ...more,
  });
  const controller = new AbortController();
  onTestFinished(() => {
    controller.abort();
    wire.close();
  });
  const end = wire.exchange(to, {
    mayWrite: () => true,
    onWritten: () => undefined,
    awaitMs: 10_000,
    awaitFrom: 'written',
    signal: controller.signal,
  });
  return { clock, end };
}

/** OVO, as far as this test goes. */
const ovo = () =>
  rawServer({ secure: true, onRequest: ({ socket }) => socket.write(httpAnswer('{}')) });

/** A proxy that tunnels every CONNECT to `server`, whatever name it asks for. */
const proxyTo = (server: RawServer, secure = false) =>
  rawServer({
    secure,
    onRequest: ({ socket }, count) => {
      if (count > 1) return;
      socket.removeAllListeners('data');
      const onward = net.connect(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(onward).pipe(socket);
      });
      onward.on('error', () => socket.destroy());
    },
  });

const at = (server: RawServer) => `http://127.0.0.1:${server.port}`;

function neverSent(end: ExchangeEnd): string {
  expect(JSON.stringify(end)).not.toContain('secret');
  return end.kind === 'neverSent' ? end.reason : `ended as ${end.kind}`;
}

test('a proxy carries the very bytes in a tunnel, and reads none of them', async () => {
  const server = await ovo();
  const proxy = await proxyTo(server);
  const { end } = exchange({ proxy: at(proxy).replace('//', '//me:secret%20word@') });
  expect((await end).kind).toBe('answer');
  const lines = request.headers.map(([name, value]) => `${name}: ${value}`);
  expect(`${server.seen[0]?.received}`).toBe(
    `POST /pos HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${request.body}`,
  );
  const asked = `${proxy.seen[0]?.received}`.split('\r\n');
  expect(asked[0]).toBe('CONNECT ovo.gerai.invalid:443 HTTP/1.1');
  expect(asked).toContain(
    `Proxy-Authorization: Basic ${Buffer.from('me:secret word').toString('base64')}`,
  );
  expect(asked.join()).not.toContain('POST');
});

test('a proxy that is itself spoken to over TLS', async () => {
  const server = await ovo();
  const proxy = await proxyTo(server, true);
  const { end } = exchange({ proxy: `https://localhost:${proxy.port}` });
  expect((await end).kind).toBe('answer');
  expect(`${server.seen[0]?.received}`).toContain(`${request.body}`);
});

test("the system's proxy is taken, asked at once or later", async () => {
  const server = await ovo();
  const proxy = await proxyTo(server);
  const url = at(proxy);
  const now = exchange({ proxy: 'system', systemProxy: () => url });
  expect((await now.end).kind).toBe('answer');
  const later = exchange({
    proxy: 'system',
    systemProxy: async () => `PROXY 127.0.0.1:${proxy.port}; DIRECT`,
  });
  expect((await later.end).kind).toBe('answer');
});

test.each(['403 Forbidden', '407 Proxy Authentication Required', '502 Bad Gateway'])(
  'rule 9a: a proxy that refuses (%s) was asked for a tunnel and got no more',
  async (status) => {
    const proxy = await rawServer({
      onRequest: ({ socket }) => socket.write(httpAnswer('{"responseCode":"00"}', status)),
    });
    const { end } = exchange({ proxy: at(proxy).replace('//', '//me:secret@') });
    expect(neverSent(await end)).toBe('proxyRefused');
    await proxy.until(([first]) => first?.closed === true);
    expect(proxy.seen).toHaveLength(1);
    expect(`${proxy.seen[0]?.received}`).not.toContain('POST');
  },
);

test('rule 9a: a proxy that is not there, hangs up, or talks nonsense', async () => {
  const dead = exchange({ proxy: `http://127.0.0.1:${await deadPort()}` });
  expect(neverSent(await dead.end)).toBe('proxyRefused');
  const hangsUp = await rawServer({ onRequest: ({ socket }) => socket.end() });
  expect(neverSent(await exchange({ proxy: at(hangsUp) }).end)).toBe('proxyRefused');
  const nonsense = await rawServer({ onRequest: ({ socket }) => socket.write('what?\r\n\r\n') });
  expect(neverSent(await exchange({ proxy: at(nonsense) }).end)).toBe('proxyRefused');
});

test('rule 9a: a proxy that says nothing has 5 s, as all of the connecting has', async () => {
  const proxy = await rawServer();
  const { clock, end } = exchange({ proxy: at(proxy) });
  await proxy.until(([first]) => `${first?.received}`.endsWith('\r\n\r\n'));
  clock.advance(5_000);
  expect(neverSent(await end)).toBe('connectTimeout');
  await proxy.until(([first]) => first?.closed === true);
});

test('rule 9a: a tunnel that ends in something else than OVO', async () => {
  const stranger = await rawServer({
    onConnection: ({ socket }) => socket.once('data', () => socket.write('hello\r\n')),
  });
  const proxy = await proxyTo(stranger);
  expect(neverSent(await exchange({ proxy: at(proxy) }).end)).toBe('tlsRefused');
  expect(`${stranger.seen[0]?.received.toString('latin1')}`).not.toContain('POST');
});

test('rule 9a: a certificate that is trusted, and for another name', async () => {
  const server = await ovo();
  const proxy = await proxyTo(server);
  const other = 'https://other.gerai.invalid';
  const { end } = exchange({ proxy: at(proxy), baseUrl: other }, requestTo(other));
  expect(await end).toMatchObject({ reason: 'tlsRefused', detail: 'ERR_TLS_CERT_ALTNAME_INVALID' });
  await proxy.until(([first]) => first?.closed === true);
  expect(server.seen.every(({ received }) => received.length === 0)).toBe(true);
});

test('rule 9a: a system whose proxy setting cannot be read or used', async () => {
  const unreadable = exchange({
    proxy: 'system',
    systemProxy: () => Promise.reject(new Error('secret')),
  });
  expect(neverSent(await unreadable.end)).toBe('proxyRefused');
  const throws = exchange({
    proxy: 'system',
    systemProxy: () => {
      throw new Error('secret');
    },
  });
  expect(neverSent(await throws.end)).toBe('proxyRefused');
  const socks = exchange({ proxy: 'system', systemProxy: () => 'SOCKS5 a:1' });
  expect(neverSent(await socks.end)).toBe('proxyRefused');
  // A user name that is not written as a URL wants it.
  const percent = exchange({ proxy: `http://%zz@127.0.0.1:${await deadPort()}` });
  expect(neverSent(await percent.end)).toBe('proxyRefused');
});
