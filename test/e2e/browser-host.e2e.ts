import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ask, byHand } from './cashier.ts';
import { expect, test } from './till.ts';

test('the printed address opens the till, whose address then has no token in it', async ({
  tillPage,
}) => {
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  expect(new URL(tillPage.url()).search).toBe('');
});

test('a second page takes over; the first says so and can take the till back', async ({
  tillPage,
  context,
}) => {
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  const second = await context.newPage();
  await second.goto(tillPage.url());
  await expect(tillPage.getByRole('alertdialog')).toContainText('opened in another window');
  await expect(second.getByRole('alertdialog')).toHaveCount(0);
  await tillPage.getByRole('button', { name: 'Use it here' }).click();
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  await expect(second.getByRole('alertdialog')).toContainText('opened in another window');
});

test('opened in a second browser, the first says how to have it back, and offers no dead end', async ({
  till,
  page,
  browser,
}) => {
  await page.goto(await till.start());
  await expect(page.locator('#till')).not.toBeEmpty();
  const { said } = await till.startAgainBeside();
  const other = await browser.newContext();
  const second = await other.newPage();
  await second.goto(/http:\S+token=\S+/.exec(said)?.[0] ?? '');
  await expect(second.locator('#till')).not.toBeEmpty();
  const notice = page.getByRole('alertdialog');
  await expect(notice).toContainText('opened in another browser');
  await expect(notice).toContainText('Kasir dibuka di peramban lain');
  await expect(notice.getByRole('button')).toHaveCount(0);
  await other.close();
});

test('rule 22: killed and started again, the page says so and recovers by itself', async ({
  tillPage,
  till,
}) => {
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  await till.kill();
  await expect(tillPage.getByRole('alertdialog')).toContainText('The till has stopped');
  await till.start();
  await expect(tillPage.getByRole('alertdialog')).toHaveCount(0);
  await expect(tillPage.locator('#till')).not.toBeEmpty();
});

test('the notice of a till that has stopped cannot be put away, and nothing shows or works beneath it', async ({
  tillPage,
  till,
}) => {
  const notice = tillPage.getByRole('alertdialog');
  const headline = tillPage.locator('#till main');
  await ask(tillPage, '12500', byHand);
  await expect(headline).toBeVisible();
  await till.kill();
  await expect(notice).toContainText('The till has stopped');
  for (const key of ['Escape', 'Escape', 'Escape', 'Enter', 'F2']) {
    await tillPage.keyboard.press(key);
    await expect(notice).toBeVisible();
  }
  await notice.evaluate((it) => (it as HTMLDialogElement).close());
  await expect(notice).toBeVisible();
  await expect(headline).not.toBeVisible();
  expect(await tillPage.locator('#till').evaluate((it) => (it as HTMLElement).inert)).toBe(true);
  await till.start();
  await expect(notice).toHaveCount(0);
  await expect(headline).toBeVisible();
});

test('rule 24: a second start is refused, and its address opens the first', async ({
  tillPage,
  till,
  context,
}) => {
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  const { code, said } = await till.startAgainBeside();
  expect(code).toBe(3);
  expect(said).toContain('already running with this data folder. It is here:');
  await expect.poll(() => till.said).toContain('A second start was brought here.');
  const address = /http:\S+token=\S+/.exec(said)?.[0] ?? '';
  const second = await context.newPage();
  await second.goto(address);
  await expect(second.locator('#till')).not.toBeEmpty();
  await expect(tillPage.getByRole('alertdialog')).toBeVisible();
  // The new session's key has been handed on: the first page may still take the till back.
  await tillPage.getByRole('button', { name: 'Use it here' }).click();
  await expect(second.getByRole('alertdialog')).toContainText('opened in another window');
  await expect(tillPage.getByRole('alertdialog')).toHaveCount(0);
});

test('a reload needs no new address', async ({ tillPage }) => {
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  await tillPage.reload();
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  await expect(tillPage.getByRole('alertdialog')).toHaveCount(0);
  expect(await tillPage.locator('meta[name="gerai-key"]').count()).toBe(0);
});

test('a tab without the key, when no other tab can hand it on, is told how to get one', async ({
  tillPage,
  context,
}) => {
  const { href } = new URL(tillPage.url());
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  await tillPage.close();
  const later = await context.newPage();
  await later.goto(href);
  await expect(later.getByRole('alertdialog')).toContainText('Type npm start once more');
});

test('a page on another port is sent the cookie, and can do nothing with it', async ({
  tillPage,
  context,
}) => {
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  const { origin, host } = new URL(tillPage.url());
  let stolen = '';
  const thief = createServer((request, response) => {
    stolen = request.headers.cookie ?? '';
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<!doctype html><title>A page of somebody else</title>');
  });
  await new Promise<void>((resolve) => thief.listen(0, '127.0.0.1', resolve));
  try {
    const foreign = await context.newPage();
    await foreign.goto(`http://127.0.0.1:${(thief.address() as AddressInfo).port}/`);
    // A browser keeps cookies by the machine's name, whatever the port: this is the hole.
    expect(stolen).toContain(`gerai-${host.split(':')[1]}=`);

    // Its server may send whatever it likes.
    const headers = {
      cookie: stolen,
      origin,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/json',
      'x-gerai-page': 'page-of-a-thief',
    };
    const body = JSON.stringify({ channel: 'gerai:request', message: { name: 'till.view' } });
    expect((await fetch(`${origin}/push`, { headers })).status).toBe(403);
    expect((await fetch(`${origin}/ipc`, { method: 'POST', headers, body })).status).toBe(403);
    const index = await (await fetch(`${origin}/`, { headers })).text();
    expect(index).not.toContain('gerai-key');

    // And its script, which cannot read the till's storage, reads no answer either.
    const read = await foreign.evaluate(async (till) => {
      const tried = await Promise.allSettled([
        fetch(`${till}/push`, { credentials: 'include', headers: { 'x-gerai-key': 'A' } }),
        fetch(`${till}/ipc`, { method: 'POST', credentials: 'include', body: '{}' }),
        fetch(`${till}/`, { credentials: 'include' }),
      ]);
      return tried
        .map(({ status }) => status)
        .concat(sessionStorage.length === 0 ? [] : ['fulfilled']);
    }, origin);
    expect(read).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(tillPage.getByRole('alertdialog')).toHaveCount(0);
  } finally {
    thief.close();
    thief.closeAllConnections();
  }
});

test('rule 26: the page can open no connection but to its own till', async ({ page, till }) => {
  await page.goto(await till.start());
  const reached = await page.evaluate(async () => {
    const tries = ['http://127.0.0.1:9/', 'https://example.com/', 'ws://127.0.0.1:9/'].map(
      (address) =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => {
            if (event.blockedURI.startsWith(address.slice(0, -1))) resolve('blocked');
          });
          if (address.startsWith('ws')) new WebSocket(address).onopen = () => resolve('reached');
          else
            fetch(address, { mode: 'no-cors' }).then(
              () => resolve('reached'),
              () => undefined,
            );
        }),
    );
    return Promise.all(tries);
  });
  expect(reached).toEqual(['blocked', 'blocked', 'blocked']);
});
