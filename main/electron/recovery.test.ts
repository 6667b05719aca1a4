import { beforeEach, expect, test } from 'vitest';
import { FakeContents } from '../../test/electron/fake-electron.ts';
import { ManualClock } from '../../test/support/manual-clock.ts';
import { MemoryLog } from '../../test/support/memory-log.ts';
import { recoverPage } from './recovery.ts';

let contents: FakeContents;
let clock: ManualClock;
let log: MemoryLog;
let loads: number;

beforeEach(() => {
  contents = new FakeContents();
  clock = new ManualClock();
  log = new MemoryLog();
  loads = 0;
  const load = () => {
    loads += 1;
  };
  recoverPage(contents.electron, { load, clock, log });
});

const crash = () =>
  contents.events.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 5 });

test('a page whose process ended is loaded again, and it is logged', () => {
  crash();
  expect(loads).toBe(0);
  clock.advance(0);
  expect(loads).toBe(1);
  expect(log.lines).toEqual([
    {
      level: 'error',
      what: 'the page’s process ended',
      facts: { reason: 'crashed', exitCode: 5 },
    },
  ]);
});

test('a page that ends again and again is loaded every five seconds, not in a frenzy', () => {
  for (let n = 0; n < 3; n++) {
    crash();
    clock.advance(0);
  }
  expect(loads).toBe(3);
  crash();
  clock.advance(4_999);
  expect(loads).toBe(3);
  clock.advance(1);
  expect(loads).toBe(4);
  clock.advance(60_000);
  crash();
  clock.advance(0);
  expect(loads).toBe(5);
});

test('a load that failed is tried again; one that was overtaken, or a frame’s, is not', () => {
  contents.events.emit('did-fail-load', {}, -3, 'ERR_ABORTED', 'gerai://till/', true);
  contents.events.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'gerai://till/', false);
  clock.advance(0);
  expect(loads).toBe(0);
  contents.events.emit('did-fail-load', {}, -6, 'ERR_FILE_NOT_FOUND', 'gerai://till/', true);
  clock.advance(0);
  expect(loads).toBe(1);
});

test('a page that does not answer for five seconds is ended, and begins anew', () => {
  contents.events.emit('unresponsive');
  clock.advance(4_999);
  expect(contents.forcedCrashes).toBe(0);
  clock.advance(1);
  expect(contents.forcedCrashes).toBe(1);
  crash();
  clock.advance(0);
  expect(loads).toBe(1);
});

test('one that answers again in time goes on', () => {
  contents.events.emit('unresponsive');
  clock.advance(3_000);
  contents.events.emit('responsive');
  clock.advance(60_000);
  expect([contents.forcedCrashes, loads]).toEqual([0, 0]);
});

test('a fault in preload is logged', () => {
  contents.events.emit('preload-error', {}, 'preload.cjs', new Error('torn'));
  expect(log.said('error')).toEqual(['preload failed']);
});
