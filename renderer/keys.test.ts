import { describe, expect, test } from 'vitest';
import { commandOf, type Focus } from './keys.ts';

const press = (key: string, more = {}) => ({
  key,
  ctrlKey: false,
  altKey: false,
  metaKey: false,
  repeat: false,
  ...more,
});
const field = (text: string): Focus => ({ on: 'field', text });
const button: Focus = { on: 'button' };
const elsewhere: Focus = { on: 'elsewhere' };

describe('which key is a command', () => {
  test('Enter belongs to the form or the focused button, and is a command elsewhere', () => {
    expect(commandOf(press('Enter'), field('12500'))).toBeNull();
    expect(commandOf(press('Enter'), button)).toBeNull();
    expect(commandOf(press('Enter'), elsewhere)).toBe('Enter');
  });

  test('function keys and Escape work everywhere', () => {
    for (const focus of [field('12500'), button, elsewhere]) {
      expect(['F2', 'F8', 'Escape'].map((key) => commandOf(press(key), focus))).toEqual([
        'F2',
        'F8',
        'Escape',
      ]);
    }
  });

  test('digits are text in a field and show a payment of the tray elsewhere', () => {
    expect(commandOf(press('1'), field(''))).toBeNull();
    expect(commandOf(press('1'), button)).toBe('1');
    expect(commandOf(press('0'), button)).toBeNull();
  });

  test('a letter is a command, in a field of digits too', () => {
    expect(commandOf(press('l'), field(''))).toBe('L');
    expect(commandOf(press('?'), field('12500'))).toBe('?');
    expect(commandOf(press('t'), elsewhere)).toBe('T');
  });

  test('a letter among letters is text: a scanner typed something else', () => {
    expect(commandOf(press('l'), field('http'))).toBeNull();
    expect(commandOf(press('?'), field('http://x'))).toBeNull();
  });

  test('a held key and a browser’s combination are no commands', () => {
    expect(commandOf(press('Enter', { repeat: true }), elsewhere)).toBeNull();
    expect(commandOf(press('l', { ctrlKey: true }), elsewhere)).toBeNull();
    expect(commandOf(press('p', { metaKey: true }), elsewhere)).toBeNull();
  });

  test('keys that browsers keep are left to them', () => {
    for (const key of ['F1', 'F3', 'F5', 'F11', 'F12', 'Tab'])
      expect(commandOf(press(key), elsewhere)).toBeNull();
  });
});
