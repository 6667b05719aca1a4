import { expect, test } from 'vitest';
import { webPreferences, windowOptions } from './window-options.ts';

const preload = 'preload.cjs';
const packaged = webPreferences({ preload, packaged: true });

// One line a setting, so that one that is turned or lost is named.
test.each([
  ['contextIsolation', true],
  ['sandbox', true],
  ['nodeIntegration', false],
  ['nodeIntegrationInWorker', false],
  ['nodeIntegrationInSubFrames', false],
  ['webSecurity', true],
  ['allowRunningInsecureContent', false],
  ['experimentalFeatures', false],
  ['enableBlinkFeatures', ''],
  ['webviewTag', false],
  ['plugins', false],
  ['navigateOnDragDrop', false],
  ['disableDialogs', true],
  ['enableDeprecatedPaste', false],
  ['spellcheck', false],
  ['devTools', false],
  ['preload', preload],
] as const)('security: %s is %s', (name, value) => {
  expect(packaged[name]).toBe(value);
});

test('security: there is no setting that has no test', () => {
  expect(Object.keys(packaged)).toHaveLength(18);
});

test('security: the session keeps nothing on the disk', () => {
  expect(packaged.partition).not.toMatch(/^persist:/);
});

test('security: the developer’s tools are for developers, and nothing else differs', () => {
  expect(webPreferences({ preload, packaged: false })).toEqual({ ...packaged, devTools: true });
});

test('the window is shown only when the page can be seen, and goes into kiosk mode only then', () => {
  const placement = { bounds: { width: 1024, height: 768 }, maximized: false, kiosk: true };
  const options = windowOptions({ preload, packaged: true, placement });
  expect(options).toMatchObject({ width: 1024, height: 768, show: false, autoHideMenuBar: true });
  expect(options).not.toHaveProperty('kiosk');
});

test('the smallest window shows every button, and is no larger than the screen', () => {
  const smallestOn = (width: number, height: number) => {
    const placement = { bounds: { width, height }, maximized: false, kiosk: false };
    const { minWidth, minHeight } = windowOptions({ preload, packaged: true, placement });
    return [minWidth, minHeight];
  };
  expect(smallestOn(1366, 768)).toEqual([1000, 680]);
  expect(smallestOn(1024, 728)).toEqual([1000, 680]);
  expect(smallestOn(1093, 574)).toEqual([1000, 574]);
});
