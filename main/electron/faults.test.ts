import { beforeEach, expect, test } from 'vitest';
import { ManualClock, settle } from '../../test/support/manual-clock.ts';
import { MemoryLog } from '../../test/support/memory-log.ts';
import { Faults } from './faults.ts';

let clock: ManualClock;
let log: MemoryLog;
let done: string[];

beforeEach(() => {
  clock = new ManualClock();
  log = new MemoryLog();
  done = [];
});

const make = (afterFault: boolean, close = async () => {}) =>
  new Faults({
    clock,
    log: () => log,
    afterFault,
    closeTill: async () => {
      done.push('close');
      await close();
    },
    restart: () => done.push('restart'),
    stop: (word) => done.push(`stop ${word}`),
  });

test('a fault is logged, the till closed in good order, and started again', async () => {
  make(false).onFault('exception', new Error('torn'));
  await settle();
  expect(done).toEqual(['close', 'restart']);
  expect(log.said('error')).toEqual(['a fault in the program']);
});

test('a till that cannot be closed any more is started again all the same', async () => {
  make(false, () => Promise.reject(new Error('closed'))).onFault('rejection', null);
  await settle();
  expect(done).toEqual(['close', 'restart']);
});

test('what follows a fault is logged and changes nothing', async () => {
  const faults = make(false);
  faults.onFault('exception', new Error('one'));
  faults.onFault('rejection', new Error('two'));
  await settle();
  expect(done).toEqual(['close', 'restart']);
  expect(log.said('error')).toHaveLength(2);
});

test('a second fault within ten minutes of the restart stops, in words, instead of going round', async () => {
  const faults = make(true);
  clock.advance(599_999);
  faults.onFault('exception', new Error('again'));
  await settle();
  expect(done).toEqual(['close', 'stop fault.stopped']);
});

test('ten minutes after the restart a fault is a first one again', async () => {
  const faults = make(true);
  clock.advance(600_000);
  faults.onFault('exception', new Error('later'));
  await settle();
  expect(done).toEqual(['close', 'restart']);
});
