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

test('rule 24: a second start is refused, and its address opens the first', async ({
  tillPage,
  till,
  context,
}) => {
  await expect(tillPage.locator('#till')).not.toBeEmpty();
  const { code, said } = await till.startAgainBeside();
  expect(code).toBe(3);
  const address = /http:\S+token=\S+/.exec(said)?.[0] ?? '';
  const second = await context.newPage();
  await second.goto(address);
  await expect(second.locator('#till')).not.toBeEmpty();
  await expect(tillPage.getByRole('alertdialog')).toBeVisible();
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
