import { expect, test } from 'vitest';
import { jakartaTime, mono } from '../../shared/time.ts';
import { ManualClock } from './manual-clock.ts';

/** A clock and a log of what fired when, in milliseconds since the test began. */
function started() {
  const clock = new ManualClock();
  const from = clock.mono();
  const fired: string[] = [];
  const after = (ms: number, name: string, then?: () => void) =>
    clock.at(mono(from + ms), () => {
      fired.push(`${name}@${clock.mono() - from}`);
      then?.();
    });
  return { clock, fired, after };
}

test('timers fire in order, each at its own time', () => {
  const { clock, fired, after } = started();
  after(65_000, 'reversal');
  after(62_000, 'check');
  after(62_000, 'second check');
  clock.advance(61_999);
  expect(fired).toEqual([]);
  clock.advance(10_000);
  expect(fired).toEqual(['check@62000', 'second check@62000', 'reversal@65000']);
  expect(jakartaTime(clock.wall())).toBe('10:01:11');
});

test('a timer made by a timer fires in the same advance, if due', () => {
  const { clock, fired, after } = started();
  after(10, 'a', () => after(20, 'b', () => after(5, 'overdue')));
  clock.advance(25);
  expect(fired).toEqual(['a@10', 'b@20', 'overdue@20']);
});

test('called off, a timer does not fire, even by one of the same time', () => {
  const { clock, fired, after } = started();
  after(10, 'a', () => callOff());
  const callOff = after(10, 'b');
  clock.advance(100);
  expect(fired).toEqual(['a@10']);
  expect(clock.waiting).toEqual([]);
});

test('a step of the wall clock leaves elapsed time alone', () => {
  const { clock, fired, after } = started();
  after(10, 'a');
  clock.jumpWall(-100_000);
  expect(fired).toEqual([]);
  expect(jakartaTime(clock.wall())).toBe('09:58:20');
});

test('a sleep that the monotonic clock counts makes timers late', () => {
  const { clock, fired, after } = started();
  after(62_000, 'check');
  clock.sleep(3_600_000, true);
  expect(fired).toEqual(['check@3600000']);
});

test('a sleep that it does not count moves the wall clock only', () => {
  const { clock, fired, after } = started();
  after(62_000, 'check');
  clock.sleep(3_600_000, false);
  expect([fired, jakartaTime(clock.wall())]).toEqual([[], '11:00:00']);
  clock.advance(62_000);
  expect(fired).toEqual(['check@62000']);
});

test('run lets promises settle between timers', async () => {
  const { clock, fired, after } = started();
  after(10, 'a', () => {
    void Promise.resolve()
      .then(() => undefined)
      .then(() => after(15, 'from a promise'));
  });
  after(20, 'b');
  await clock.run(30);
  expect(fired).toEqual(['a@10', 'from a promise@15', 'b@20']);
});
