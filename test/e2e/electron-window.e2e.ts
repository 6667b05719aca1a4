import { ask, byHand, headline } from './cashier.ts';
import { ElectronTill } from './electron-till.ts';
import { expect, test } from './till.ts';

// What only the real window can prove. Run by `npm run test:electron` alone.

test('security: the page has neither Node nor Electron, only the till’s bridge', async ({
  tillPage,
}) => {
  const found = await tillPage.evaluate(() => ({
    node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
    bridge: Object.keys(window.gerai ?? {}).sort(),
    origin: location.origin,
  }));
  expect(found).toEqual({
    node: [],
    bridge: ['onPush', 'request'],
    origin: 'gerai://till',
  });
});

test('security, rule 26: the page can open no connection at all', async ({ tillPage }) => {
  const reached = await tillPage.evaluate(async () => {
    const tries = ['gerai://till/index.html', 'http://127.0.0.1:9/', 'https://example.com/'];
    const ends = tries.map((address) =>
      fetch(address).then(
        () => address,
        () => null,
      ),
    );
    return (await Promise.all(ends)).filter((address) => address !== null);
  });
  expect(reached).toEqual([]);
});

test('security: it stays where it is, and opens no window', async ({ tillPage, till }) => {
  await tillPage.evaluate(() => {
    window.open('https://example.com/');
    location.href = 'https://example.com/';
  });
  await expect(tillPage.locator('#amount')).toBeVisible();
  expect(tillPage.url()).toBe('gerai://till/index.html');
  expect(till instanceof ElectronTill && till.windows()).toBe(1);
});

test('a page whose process ends comes back with the same payment', async ({ tillPage, till }) => {
  await ask(tillPage, '12500', byHand);
  await headline(tillPage, 'Customer confirms');
  if (till instanceof ElectronTill) await till.crashPage();
  await headline(tillPage, 'Customer confirms');
});

test('rule 23: a window with a customer being asked does not close', async ({ tillPage, till }) => {
  await ask(tillPage, '12500', byHand);
  await headline(tillPage, 'Customer confirms');
  const said = till instanceof ElectronTill ? await till.closeWindow() : null;
  expect(said).toMatch(/can be closed in \d+ seconds/);
  expect(till instanceof ElectronTill && till.windows()).toBe(1);
});
