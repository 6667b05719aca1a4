import { expect, test } from 'vitest';
import { readSources } from './sources.ts';

const sources = readSources(['main', 'preload', 'renderer', 'shared'], /^(?!.*\.test\.).*\.tsx?$/);

/** The files whose text has the words in it. */
const filesWith = (words: RegExp) =>
  [...sources].filter(([, text]) => words.test(text)).map(([path]) => path);

test('security: the page is listened to in one file', () => {
  expect(filesWith(/ipcMain\.(handle|handleOnce|on|once)\b/)).toEqual([
    'main/electron/ipc-door.ts',
  ]);
});

test('security: an address is given to the system in one place, behind its check', () => {
  expect(filesWith(/\bopen(External|Path)\(/)).toEqual(['main/electron/shell.ts']);
});

test('security: no page is ever loaded but the till’s own', () => {
  expect(filesWith(/\.load(URL|File)\(/)).toEqual(['main/electron/shell.ts']);
  expect(sources.get('main/electron/shell.ts')?.match(/\.loadURL\((\w+)\)/)?.[1]).toBe('pageUrl');
});
