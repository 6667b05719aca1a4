import { describe, expect, test } from 'vitest';
import { jakartaStamp } from '../../shared/time.ts';
import {
  parseTestClock,
  type RealTime,
  TestClockRefused,
  testClock,
  testClockAllowed,
} from './test-clock.ts';

/** Real time moved by hand. */
function handTime(at: number): RealTime & { move(ms: number): void } {
  let now = at;
  return {
    now: () => now,
    move(ms) {
      now += ms;
    },
  };
}

const anchor = 1_800_000_000_000;
const settings = (more: object = {}): string =>
  JSON.stringify({ start: '2026-03-24T16:50:00Z', anchor, speed: 60, ...more });

describe('the test clock', () => {
  test('starts where it is told and runs at its speed', () => {
    const real = handTime(anchor);
    const clock = testClock(parseTestClock(settings(), real), real);
    expect(jakartaStamp(clock.wall())).toBe('2026-03-24 23:50:00.000');
    real.move(1_000);
    expect(jakartaStamp(clock.wall())).toBe('2026-03-24 23:51:00.000');
    expect(clock.mono()).toBe(60_000);
  });

  test('two processes agree, and so does one started again after a kill', () => {
    const real = handTime(anchor + 2_000);
    const till = testClock(parseTestClock(settings(), real), real);
    real.move(350);
    const simulator = testClock(parseTestClock(settings(), real), real);
    expect(simulator.wall()).toBe(till.wall());
    real.move(5_000);
    const restarted = testClock(parseTestClock(settings(), real), real);
    expect(restarted.wall()).toBe(till.wall());
    // What elapsed before a start is unknown to it, as in life.
    expect(restarted.mono()).toBe(0);
  });

  test('rule 26a: a step moves the wall clock and leaves elapsed time alone', () => {
    const real = handTime(anchor);
    const steps = [
      { at: 60_000, by: -100_000 },
      { at: 120_000, by: 3_600_000 },
    ];
    const clock = testClock(parseTestClock(settings({ steps }), real), real);
    real.move(999);
    expect(jakartaStamp(clock.wall())).toBe('2026-03-24 23:50:59.940');
    real.move(1);
    expect(jakartaStamp(clock.wall())).toBe('2026-03-24 23:49:20.000');
    expect(clock.mono()).toBe(60_000);
    real.move(1_000);
    expect(jakartaStamp(clock.wall())).toBe('2026-03-25 00:50:20.000');
    expect(clock.mono()).toBe(120_000);
  });

  test('without an anchor it starts now', () => {
    const real = handTime(anchor + 77);
    expect(parseTestClock('{"start":"2026-03-24T16:50:00Z","speed":1}', real)).toMatchObject({
      anchor: anchor + 77,
      steps: [],
    });
  });

  test('rule 22: a busy machine, one real second late, does not look asleep', () => {
    const real = handTime(anchor);
    const clock = testClock(parseTestClock(settings({ speed: 200 }), real), real);
    expect(clock.lateMs).toBe(5_000 * 200);
  });

  test('calls back through a real timer, sooner by its speed', async () => {
    const clock = testClock(parseTestClock('{"start":"2026-03-24T16:50:00Z","speed":200}'));
    const from = clock.mono();
    const at = clock.mono() + 400;
    await new Promise<void>((done) => clock.at(clock.mono(), done));
    expect(clock.mono()).toBeGreaterThanOrEqual(from);
    await new Promise<void>((done) => clock.at(at as typeof from, done));
    expect(clock.mono()).toBeGreaterThanOrEqual(at);
  });

  test.each([
    ['half a JSON', '{"start":', 'not JSON'],
    ['no object', '7', 'expected object'],
    ['no speed', '{"start":"2026-03-24T16:50:00Z"}', 'speed'],
    ['too fast', settings({ speed: 201 }), 'speed'],
    ['slower than life', settings({ speed: 0.5 }), 'speed'],
    ['a start without a zone', settings({ start: '2026-03-24T16:50:00' }), 'start'],
    ['a step without size', settings({ steps: [{ at: 5 }] }), 'steps.0.by'],
    ['an unknown key', settings({ pace: 3 }), 'pace'],
  ])('%s is refused, and the fault named', (_what, text, fault) => {
    expect(() => parseTestClock(text)).toThrow(TestClockRefused);
    expect(() => parseTestClock(text)).toThrow(fault);
  });

  test.each([
    ['training', 'http://127.0.0.1:4000', true],
    ['training', 'http://localhost:4000', true],
    ['training', 'https://app.byte-stack.net', false],
    ['staging', 'http://127.0.0.1:4000', false],
    ['production', 'http://127.0.0.1:4000', false],
    ['production', 'https://apigw.ovo.id', false],
  ])('in %s at %s it is allowed: %s', (environment, baseUrl, allowed) => {
    expect(testClockAllowed({ environment, baseUrl })).toBe(allowed);
  });
});
