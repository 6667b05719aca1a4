import { describe, expect, test } from 'vitest';
import { freshState, parseWindowState, placeWindow } from './window-state.ts';

const screen = { x: 0, y: 0, width: 1920, height: 1040 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const there = { x: 2000, y: 50, width: 1024, height: 768 };
const state = { bounds: there, maximized: true, kiosk: false };

test('what was kept is read back', () => {
  expect(parseWindowState(JSON.stringify(state))).toEqual(state);
});

test.each([
  [null],
  [''],
  ['{"bounds":'],
  ['[]'],
  [JSON.stringify({ ...state, more: 1 })],
  [JSON.stringify({ ...state, bounds: { ...there, width: -5 } })],
  [JSON.stringify({ ...state, bounds: { ...there, x: 1e300 } })],
])('what cannot be read counts as nothing kept: %s', (text) => {
  expect(parseWindowState(text)).toEqual(freshState);
});

describe('where the window opens', () => {
  test('where it was', () => {
    expect(placeWindow(state, [screen, second], null)).toEqual({
      bounds: there,
      maximized: true,
      kiosk: false,
    });
  });

  test('the screen it was on has gone: the usual size, centred by the system', () => {
    expect(placeWindow(state, [screen], null).bounds).toEqual({ width: 1366, height: 768 });
  });

  test.each([
    ['only an edge is left on the screen', { ...there, x: 1900, y: 100 }],
    ['its title bar is above the screen', { ...there, x: 100, y: -300 }],
    ['it lies below', { ...there, x: 100, y: 1000 }],
  ])('%s', (_why, bounds) => {
    expect(placeWindow({ ...state, bounds }, [screen], null).bounds).not.toEqual(bounds);
  });

  test('no larger than a small screen', () => {
    const small = { x: 0, y: 0, width: 1024, height: 738 };
    expect(placeWindow(freshState, [small], null).bounds).toEqual({ width: 1024, height: 738 });
  });

  test('kiosk as it was, unless the start says otherwise', () => {
    const kiosk = { ...freshState, kiosk: true };
    expect(placeWindow(kiosk, [screen], null).kiosk).toBe(true);
    expect(placeWindow(kiosk, [screen], false).kiosk).toBe(false);
    expect(placeWindow(freshState, [screen], true).kiosk).toBe(true);
  });
});
