import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { menuTemplate } from './menu.ts';

const roles = (template: readonly MenuItemConstructorOptions[] | null): string[] =>
  (template ?? []).flatMap(({ role, submenu }) => [
    ...(role === undefined ? [] : [role]),
    ...(Array.isArray(submenu) ? roles(submenu) : []),
  ]);

test('security: a package’s menu can neither reload the page nor open the developer’s tools', () => {
  for (const platform of ['win32', 'linux', 'darwin'] as const) {
    const found = roles(menuTemplate(platform, true, 'en', false));
    expect(found.filter((role) => /reload|dev|about|services/i.test(role))).toEqual([]);
  }
  expect(roles(menuTemplate('linux', false, 'en', false))).toContain('toggleDevTools');
});

test('closing, the clipboard and the size of letters are there, in the till’s language', () => {
  const template = menuTemplate('win32', true, 'id', false);
  expect(template?.map(({ label }) => label)).toEqual(['Kasir', 'Sunting', 'Tampilan']);
  expect(roles(template)).toEqual(
    expect.arrayContaining(['close', 'copy', 'paste', 'zoomIn', 'resetZoom']),
  );
  expect(roles(menuTemplate('darwin', true, 'en', false))).toContain('quit');
});

test('kiosk mode has no menu; on a Mac it stays, since the clipboard’s keys are the menu’s', () => {
  for (const platform of ['win32', 'linux'] as const)
    expect(menuTemplate(platform, true, 'en', true)).toBeNull();
  expect(roles(menuTemplate('darwin', true, 'en', true))).toContain('paste');
});
