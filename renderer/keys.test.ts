import { describe, expect, test } from 'vitest';
import { commandOf, type Focus, keyLabel, keyList, keys } from './keys.ts';

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
const tray: Focus = { on: 'tray' };
const elsewhere: Focus = { on: 'elsewhere' };

describe('which key is a command', () => {
  test('Enter belongs to the form or the focused button, and is a command elsewhere', () => {
    expect(commandOf(press('Enter'), field('12500'))).toBeNull();
    expect(commandOf(press('Enter'), button)).toBeNull();
    expect(commandOf(press('Enter'), tray)).toBeNull();
    expect(commandOf(press('Enter'), elsewhere)).toBe('Enter');
  });

  test('function keys and Escape work everywhere', () => {
    const everywhere = ['F2', 'F4', 'F7', 'F8', 'F9', 'Escape'];
    for (const focus of [field('12500'), field('http'), button, tray, elsewhere]) {
      expect(everywhere.map((key) => commandOf(press(key), focus))).toEqual(everywhere);
    }
  });

  test('digits show a payment only from within the tray: elsewhere they were meant for an amount', () => {
    expect(commandOf(press('1'), field(''))).toBeNull();
    for (const focus of [button, elsewhere]) expect(commandOf(press('1'), focus)).toBeNull();
    expect(commandOf(press('1'), tray)).toBe('1');
    expect(commandOf(press('0'), tray)).toBeNull();
  });

  test('a letter in a field is text, whatever key slipped; elsewhere it is a command', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz')
      expect(commandOf(press(letter), field('12500')), letter).toBeNull();
    expect(['t', 'p', 'y'].map((key) => commandOf(press(key), elsewhere))).toEqual(['T', 'P', 'Y']);
  });

  test('? shows the keys from a field of digits too; among letters it is text', () => {
    expect(commandOf(press('?'), field('12500'))).toBe('?');
    expect(commandOf(press('?'), field('http://x'))).toBeNull();
  });

  test('the card of keys names every key of the till, once', () => {
    const onCard = keyList.map(([key]) => key);
    expect(new Set(onCard).size).toBe(onCard.length);
    for (const key of Object.values(keys)) expect(onCard).toContain(keyLabel(key));
  });

  test('a held key and a browser’s combination are no commands', () => {
    expect(commandOf(press('Enter', { repeat: true }), elsewhere)).toBeNull();
    expect(commandOf(press('t', { ctrlKey: true }), elsewhere)).toBeNull();
    expect(commandOf(press('p', { metaKey: true }), elsewhere)).toBeNull();
  });

  test('keys that browsers keep are left to them', () => {
    for (const key of ['F1', 'F3', 'F5', 'F6', 'F10', 'F11', 'F12', 'Tab'])
      expect(commandOf(press(key), elsewhere)).toBeNull();
  });
});
