import { beforeEach, expect, test } from 'vitest';
import { FakeWindow } from '../../test/electron/fake-electron.ts';
import { ManualClock } from '../../test/support/manual-clock.ts';
import { MemoryLog } from '../../test/support/memory-log.ts';
import { TillWindow } from './till-window.ts';
import type { WindowState } from './window-state.ts';

let clock: ManualClock;
let log: MemoryLog;
let fake: FakeWindow;
let kept: WindowState[];
let menus: boolean[];
let shown: number;

beforeEach(() => {
  clock = new ManualClock();
  log = new MemoryLog();
  fake = new FakeWindow({});
  kept = [];
  menus = [];
  shown = 0;
});

const make = (placement: { maximized: boolean; kiosk: boolean }) =>
  new TillWindow(fake.electron, {
    clock,
    log,
    memory: { write: (state) => void kept.push(state) },
    placement,
    setMenu: (kiosk) => void menus.push(kiosk),
    shown: () => {
      shown += 1;
    },
  });

const plain = { maximized: false, kiosk: false };
const paints = () => fake.events.emit('ready-to-show');

test('it is shown when it has painted, and once', () => {
  make({ maximized: true, kiosk: false });
  expect(fake.done).toEqual([]);
  paints();
  expect(fake.done).toEqual(['maximize', 'show']);
  clock.advance(60_000);
  expect([fake.done.length, shown, log.said()]).toEqual([2, 1, []]);
});

test('one that never says it has painted is shown after ten seconds all the same', () => {
  make(plain);
  clock.advance(9_999);
  expect(fake.done).toEqual([]);
  clock.advance(1);
  expect([fake.done, shown]).toEqual([['show'], 1]);
  paints();
  expect([fake.done, shown]).toEqual([['show'], 1]);
  expect(log.said('warn')).toHaveLength(1);
});

test('kiosk mode comes after it is shown, and takes the menu away from the beginning', () => {
  make({ maximized: true, kiosk: true });
  expect(menus).toEqual([true]);
  paints();
  expect(fake.done).toEqual(['show', 'setKiosk true']);
});

test('rule 24: to the front, and out of kiosk mode where that is asked for', () => {
  const window = make({ maximized: false, kiosk: true });
  paints();
  Object.assign(fake, { minimized: true, done: [] });
  window.toFront(false);
  expect(fake.done).toEqual(['setKiosk false', 'restore', 'show', 'moveTop', 'focus']);
  expect(menus.at(-1)).toBe(false);
});

test('where it was is remembered, but not of one that nobody has seen', () => {
  const window = make({ maximized: true, kiosk: false });
  window.remember();
  expect(kept).toEqual([]);
  paints();
  Object.assign(fake, { maximized: true });
  window.remember();
  expect(kept).toEqual([{ bounds: fake.bounds, maximized: true, kiosk: false }]);
});

test('a window that is gone is asked for nothing', () => {
  const window = make(plain);
  fake.destroy();
  paints();
  clock.advance(10_000);
  window.toFront(true);
  window.remember();
  expect([window.live(), fake.done, kept]).toEqual([null, [], []]);
});
