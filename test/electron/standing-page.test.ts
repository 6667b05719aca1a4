import { expect, test } from 'vitest';
import { StandingPage } from '../e2e/electron-till.ts';
import { openBrowser } from '../gallery/browser.ts';

// The end-to-end suite's stand-in for a window that is killed and opened again, over two real pages.

test('what is asked goes to the newest window, and who listens hears every one', async () => {
  const browser = await openBrowser();
  try {
    const standing = new StandingPage();
    const heard: string[] = [];
    standing.page.on('console', (message) => heard.push(message.text()));
    for (const name of ['first', 'second']) {
      const window = await browser.newPage();
      await window.setContent(`<input aria-label="Amount"><h1>${name}</h1>`);
      standing.show(window);
      await standing.page.goto('gerai://till/index.html');
      await standing.page.getByLabel('Amount').focus();
      await standing.page.keyboard.type('12');
      expect(await standing.page.locator('h1').textContent()).toBe(name);
      expect(await standing.page.getByLabel('Amount').inputValue()).toBe('12');
      await standing.page.evaluate((text) => console.log(text), name);
    }
    await expect.poll(() => heard).toEqual(['first', 'second']);
    expect(await Promise.resolve(standing.page)).toBe(standing.page);
  } finally {
    await browser.close();
  }
});
