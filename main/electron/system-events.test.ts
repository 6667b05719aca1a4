import { beforeEach, expect, test } from 'vitest';
import { FakeElectron, FakeWindow } from '../../test/electron/fake-electron.ts';
import { MemoryLog } from '../../test/support/memory-log.ts';
import { hearSystem } from './system-events.ts';

let fake: FakeElectron;
let window: FakeWindow;
let log: MemoryLog;
let told: string[];

beforeEach(() => {
  fake = new FakeElectron({ appPath: '' });
  window = new FakeWindow({});
  log = new MemoryLog();
  told = [];
  const ears = {
    resumed: () => void told.push('resumed'),
    ends: (why: string) => void told.push(why),
  };
  hearSystem(fake.electron.powerMonitor, window.electron, fake.electron.app, ears, log);
});

test('rule 22: a wake from sleep reaches the till', () => {
  fake.power.emit('suspend');
  expect(told).toEqual([]);
  fake.power.emit('resume');
  expect(told).toEqual(['resumed']);
  expect(log.said('info')).toEqual(['the machine goes to sleep', 'the machine has woken']);
});

test('rule 22: a shutdown or the end of the session closes the till', () => {
  fake.power.emit('shutdown');
  window.events.emit('session-end', {});
  expect(told).toEqual(['the machine shuts down', 'the session ends']);
});

test('a question whether the session may end ends nothing', () => {
  window.events.emit('query-session-end', {});
  expect(told).toEqual([]);
});

test('locking and unlocking the screen, and a helper’s end, are logged', () => {
  fake.power.emit('lock-screen');
  fake.power.emit('unlock-screen');
  fake.appEvents.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 });
  expect(log.said()).toEqual([
    'the screen was locked',
    'the screen was unlocked',
    'a helper process ended',
  ]);
});
