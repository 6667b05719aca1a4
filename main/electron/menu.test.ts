import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from './menu.ts';

const roles = (template: readonly MenuItemConstructorOptions[]): string[] =>
  template.flatMap(({ role, submenu }) => [
    ...(role === undefined ? [] : [role]),
    ...(Array.isArray(submenu) ? roles(submenu) : []),
  ]);

test('security: a package’s menu can neither reload the page nor open the developer’s tools', () => {
  for (const platform of ['win32', 'linux', 'darwin'] as const) {
    const found = roles(menuTemplate(platform, true, 'en'));
    expect(found.filter((role) => /reload|dev|about|services/i.test(role))).toEqual([]);
  }
  expect(roles(menuTemplate('linux', false, 'en'))).toContain('toggleDevTools');
});

test('closing, the clipboard and the size of letters are there, in the till’s language', () => {
  const template = menuTemplate('win32', true, 'id');
  expect(template.map(({ label }) => label)).toEqual(['Kasir', 'Sunting', 'Tampilan']);
  expect(roles(template)).toEqual(
    expect.arrayContaining(['close', 'copy', 'paste', 'zoomIn', 'resetZoom']),
  );
  expect(roles(menuTemplate('darwin', true, 'en'))).toContain('quit');
});
