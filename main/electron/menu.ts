import type { MenuItemConstructorOptions } from 'electron';
import { type Language, shellWords } from './words.ts';

/**
 * The reduced menu: closing, the clipboard, the size of the letters. It is hidden until Alt is pressed
 * (not on a Mac, where it stands at the top of the screen), and absent in kiosk mode: null. A Mac keeps it
 * there too, out of sight, since its clipboard keys are the menu's.
 *
 * SECURITY: without a menu of its own Electron would give the till one with "Reload" and the
 * developer's tools; they are in this one only outside a package.
 */
export function menuTemplate(
  platform: NodeJS.Platform,
  packaged: boolean,
  language: Language,
  kiosk: boolean,
): MenuItemConstructorOptions[] | null {
  if (kiosk && platform !== 'darwin') return null;
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo' },
    { role: 'redo' },
    { type: 'separator' },
    { role: 'cut' },
    { role: 'copy' },
    { role: 'paste' },
    { role: 'selectAll' },
  ];
  const view: MenuItemConstructorOptions[] = [
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    ...(packaged ? [] : developer),
  ];
  return [
    // Quitting closes the window, and so goes by rule 23 as well.
    { label: shellWords(language, 'menu.till'), submenu: [quit(platform, language)] },
    { label: shellWords(language, 'menu.edit'), submenu: edit },
    { label: shellWords(language, 'menu.view'), submenu: view },
  ];
}

const developer: MenuItemConstructorOptions[] = [
  { type: 'separator' },
  { role: 'reload' },
  { role: 'toggleDevTools' },
];

function quit(platform: NodeJS.Platform, language: Language): MenuItemConstructorOptions {
  const label = shellWords(language, 'menu.close');
  return { label, role: platform === 'darwin' ? 'quit' : 'close' };
}
