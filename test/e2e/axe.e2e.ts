import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { serveGallery } from '../gallery/serve.ts';
import { type StateName, states } from '../gallery/states.ts';

// Axe over every screen, in both schemes and both languages: nothing may be found, contrast included.

type Gallery = Awaited<ReturnType<typeof serveGallery>>;
const names = Object.keys(states) as StateName[];
let gallery: Gallery;

test.beforeAll(async () => {
  gallery = await serveGallery();
});
test.afterAll(async () => {
  await gallery.close();
});

test.describe.configure({ timeout: 180_000 });

for (const colorScheme of ['light', 'dark'] as const) {
  for (const language of ['en', 'id'] as const) {
    test(`axe finds nothing: every screen, ${colorScheme}, ${language}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(`${gallery.url}?state=new-payment&language=${language}`);
      await page.locator('.till').waitFor();
      for (const name of names) {
        await page.evaluate((to) => window.fakeMain.push(to), { ...states[name], language });
        expect(await findings(page), name).toEqual([]);
      }
    });

    test(`axe finds nothing: faults, question and keys, ${colorScheme}, ${language}`, async ({
      page,
    }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.goto(`${gallery.url}?state=new-payment-tray&language=${language}`);
      await page.locator('#amount').waitFor();
      await page.keyboard.type('12,5');
      await page.keyboard.press('Enter');
      expect(await findings(page), 'a fault beside its field').toEqual([]);
      await page.locator('#amount').fill('12500');
      await page.keyboard.press('Enter');
      await page.keyboard.type('081234567890');
      await page.evaluate(
        (paidAt) =>
          window.fakeMain.answer('payment.start', {
            ok: true,
            result: { kind: 'confirmRepeat', paidAt },
          }),
        states.paid.now,
      );
      await page.keyboard.press('Enter');
      await page.getByRole('alertdialog').waitFor();
      expect(await findings(page), 'the question').toEqual([]);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await findings(page), 'the keys').toEqual([]);
    });
  }
}

test('axe itself sees: pale words and a nameless button that are planted are found', async ({
  page,
}) => {
  await page.goto(`${gallery.url}?state=paid&language=en`);
  await page.locator('.till').waitFor();
  await page.evaluate(() => {
    const pale = document.createElement('p');
    pale.textContent = 'pale';
    pale.style.color = '#2a8a5a';
    document.querySelector('.says')?.append(pale, document.createElement('button'));
  });
  const found = await findings(page);
  expect(found.filter((one) => /^(color-contrast|button-name)/.test(one))).toHaveLength(2);
});

/** What axe holds against the page, in short: the rule and where. */
async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}
