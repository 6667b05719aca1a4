import type { MessageBoxOptions } from 'electron';
import { beforeEach, expect, test } from 'vitest';
import { FakeEvent } from '../../test/electron/fake-electron.ts';
import { settle } from '../../test/support/manual-clock.ts';
import { MemoryLog } from '../../test/support/memory-log.ts';
import type { Closing } from '../closing.ts';
import { CloseDesk } from './close-desk.ts';
import type { Language } from './words.ts';

let closing: Closing;
let language: Language;
let boxes: { box: MessageBoxOptions; answer: (button: number) => void }[];
let ends: string[];
let desk: CloseDesk;
let log: MemoryLog;
let noBox: boolean;

beforeEach(() => {
  closing = { refusedForMs: 0, undone: 0 };
  language = 'en';
  boxes = [];
  ends = [];
  log = new MemoryLog();
  noBox = false;
  desk = new CloseDesk({
    closing: () => closing,
    language: () => language,
    ask: (box) =>
      noBox
        ? Promise.reject(new Error('no box'))
        : new Promise((answer) => boxes.push({ box, answer })),
    end: (why) => ends.push(why),
    log,
  });
});

/** A person closes the window: true if it closed at once. */
async function close(): Promise<boolean> {
  const event = new FakeEvent();
  desk.onClose(event);
  await settle();
  return !event.defaultPrevented;
}

test('rule 23: refused until 65 s after the last push, with the reason', async () => {
  closing = { refusedForMs: 41_300, undone: 1 };
  expect(await close()).toBe(false);
  expect(boxes[0]?.box.message).toContain('42 seconds');
  expect(boxes[0]?.box.message).toContain('may still be confirming');
  expect(boxes[0]?.box.buttons).toHaveLength(1);
  boxes[0]?.answer(0);
  await settle();
  expect(ends).toEqual([]);
});

test('rule 23: later it is asked, naming what stays undone', async () => {
  closing = { refusedForMs: 0, undone: 3 };
  expect(await close()).toBe(false);
  expect(boxes[0]?.box.detail).toContain('Unfinished payments: 3');
  boxes[0]?.answer(1);
  await settle();
  expect(ends).toEqual(['a person closed the till']);
});

test('rule 23: with nothing undone it says that', async () => {
  await close();
  expect(boxes[0]?.box.detail).toBe('No payment is unfinished.');
});

test('Enter and Escape keep the till open', async () => {
  await close();
  expect(boxes[0]?.box).toMatchObject({ defaultId: 0, cancelId: 0 });
  boxes[0]?.answer(0);
  await settle();
  expect(ends).toEqual([]);
});

test('rule 23: a payment that began while the question stood there refuses after all', async () => {
  await close();
  closing = { refusedForMs: 65_000, undone: 1 };
  boxes[0]?.answer(1);
  await settle();
  expect(ends).toEqual([]);
  expect(boxes[1]?.box.message).toContain('65 seconds');
});

test('one question at a time, and a new one after it', async () => {
  expect(await Promise.all([close(), close()])).toEqual([false, false]);
  expect(boxes).toHaveLength(1);
  boxes[0]?.answer(0);
  await settle();
  await close();
  expect(boxes).toHaveLength(2);
});

test('rule 22: a signal is not held up, whatever is under way', async () => {
  closing = { refusedForMs: 65_000, undone: 1 };
  desk.endNow('SIGTERM');
  desk.endNow('SIGHUP');
  expect(ends).toEqual(['SIGTERM']);
});

test('a second close while the till is being closed neither asks nor takes the window away', async () => {
  desk.endNow('SIGTERM');
  expect(await close()).toBe(false);
  expect(boxes).toEqual([]);
});

test('a box that cannot be shown leaves the till open, and is asked again', async () => {
  noBox = true;
  expect(await close()).toBe(false);
  expect(log.said('warn')).toEqual(['the question could not be asked']);
  noBox = false;
  await close();
  expect([boxes.length, ends]).toEqual([1, []]);
});

test('in the till’s language', async () => {
  language = 'id';
  await close();
  expect(boxes[0]?.box.message).toBe('Tutup kasir?');
});
