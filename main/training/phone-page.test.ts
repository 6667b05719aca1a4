import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { phonePage, phonePagePolicy } from './phone-page.ts';
import { stories } from './stories.ts';

const between = (open: string, close: string): string => {
  const [, after = ''] = phonePage.split(open);
  return after.split(close)[0] ?? '';
};

test('the policy allows the one script and the one style in the page, and nothing from elsewhere', () => {
  for (const [kind, text] of [
    ['script-src', between('<script>', '</script>')],
    ['style-src', between('<style>', '</style>')],
  ] as const) {
    const hash = createHash('sha256').update(text).digest('base64');
    expect(phonePagePolicy).toContain(`${kind} 'sha256-${hash}'`);
  }
  expect(phonePagePolicy).toContain("default-src 'none'");
  expect(phonePagePolicy).not.toContain('unsafe');
});

test('the page loads nothing and holds no inline handler or style that its policy would refuse', () => {
  expect(phonePage).not.toMatch(/\s(src|srcset)=|@import|url\(|\son\w+="|\sstyle="/);
  expect(phonePage.match(/href="(?!data:)/g)).toBeNull();
});

test('the page says aloud that it is training, and shows every story', () => {
  expect(phonePage).toContain('Training — no real money');
  for (const story of stories) expect(phonePage).toContain(`<th scope="row">${story.digits}</th>`);
});
