import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildAll } from '../../build/build.ts';
import { readPageFiles } from '../../main/electron/page-files.ts';
import { pageAnswers, pageOrigin } from '../../main/electron/protocol.ts';
import { openBrowser } from '../gallery/browser.ts';
import { states } from '../gallery/states.ts';
import { temporaryFolder } from '../support/stub-till.ts';

// The page as packaged, under the policy as packaged, in a real browser of the same engine. Only the
// scheme is played, by a server on this machine that hands on what the scheme's handler answers.

let folder: ReturnType<typeof temporaryFolder>;
let browser: Browser;
let address: string;
let close: () => void;

beforeAll(async () => {
  folder = temporaryFolder();
  const dist = join(folder.path, 'dist');
  [browser] = await Promise.all([openBrowser(), buildAll({ outDir: dist, forPackage: true })]);
  const answers = pageAnswers(readPageFiles(join(dist, 'renderer')));
  const server = createServer(async (request, response) => {
    const answer = answers({ method: request.method ?? '', url: `${pageOrigin}${request.url}` });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/index.html`;
  close = () => server.close();
}, 120_000);

afterAll(async () => {
  await browser.close();
  close();
  folder.remove();
});

/** The page with a view to show, and what it said on its console as an error. */
async function openPage() {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  await page.addInitScript((view) => {
    const reply = { ok: true, result: view };
    Object.assign(window, {
      gerai: { request: async () => reply, onPush: () => () => undefined },
    });
  }, states['new-payment']);
  await page.goto(address);
  await page.locator('#amount').waitFor();
  return { page, faults };
}

test('security: the page works whole under the packaged policy, and breaks no rule of it', async () => {
  const { page, faults } = await openPage();
  const font = await page.evaluate(async () => {
    await document.fonts.ready;
    return [...document.fonts].some(({ status }) => status === 'loaded');
  });
  expect(font).toBe(true);
  expect(await page.locator('#amount').evaluate((it) => getComputedStyle(it).fontSize)).not.toBe(
    '13.3333px',
  );
  expect(faults).toEqual([]);
  await page.close();
});

test('security, rule 26: the page can open no connection, not even to where it came from', async () => {
  const { page } = await openPage();
  const refused = await page.evaluate(async () => {
    const tries: Record<string, () => unknown> = {
      fetch: () => fetch('/index.html'),
      beacon: () => navigator.sendBeacon('/index.html', 'x'),
      socket: () => new WebSocket(`ws://${location.host}/`),
      events: () => new EventSource('/events'),
      worker: () => new Worker('/assets/x.js'),
      frame: () => {
        const frame = document.createElement('iframe');
        frame.src = '/index.html';
        document.body.append(frame);
      },
      image: () => {
        new Image().src = 'https://example.com/x.png';
      },
      inline: () => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
      },
      form: () => {
        const form = document.createElement('form');
        form.action = 'https://example.com/';
        document.body.append(form);
        form.submit();
      },
    };
    const seen: Record<string, boolean> = {};
    for (const [name, go] of Object.entries(tries)) {
      const violated = new Promise<boolean>((resolve) => {
        document.addEventListener('securitypolicyviolation', () => resolve(true), { once: true });
      });
      try {
        Promise.resolve(go()).catch(() => undefined);
      } catch {
        // Some of them throw besides.
      }
      seen[name] = await violated;
    }
    return { ...seen, ran: 'ran' in window };
  });
  expect(refused).toEqual({
    fetch: true,
    beacon: true,
    socket: true,
    events: true,
    worker: true,
    frame: true,
    image: true,
    inline: true,
    form: true,
    ran: false,
  });
  await page.close();
});
