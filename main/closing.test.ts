import { expect, test } from 'vitest';
import { settle } from '../test/support/manual-clock.ts';
import { TillKit } from '../test/support/till-kit.ts';
import { ClosingWatch } from './closing.ts';

/** A till, and the watch that its shell would ask. */
function watched(kit = new TillKit()) {
  const watch = new ClosingWatch();
  kit.driver.onChange((id) => {
    const live = id === null ? null : kit.driver.get(id);
    if (live !== null) watch.note(live.state);
  });
  const states = () => [...kit.driver.all()].map(({ state }) => state);
  return { kit, closing: () => watch.at(kit.clock.mono(), states()) };
}

test('rule 23: a till that has pushed nothing may be closed', () => {
  expect(watched().closing()).toEqual({ refusedForMs: 0, undone: 0 });
});

test('rule 23: refused until 65 s after the last push, then naming what is undone', async () => {
  const { kit, closing } = watched();
  kit.start();
  await settle();
  expect(closing()).toEqual({ refusedForMs: 65_000, undone: 1 });
  await kit.run(25);
  kit.start(20_000, '081111111111');
  await settle();
  expect(closing()).toEqual({ refusedForMs: 65_000, undone: 2 });
  await kit.run(64);
  expect(closing()).toEqual({ refusedForMs: 1_000, undone: 2 });
  await kit.run(1);
  expect(closing()).toMatchObject({ refusedForMs: 0, undone: 2 });
});

test('rule 23: a push that was answered still counts from when it left', async () => {
  const { kit, closing } = watched();
  kit.start();
  await settle();
  await kit.run(5);
  kit.wire.last('pushToPay').answer('00');
  await settle();
  expect(closing()).toEqual({ refusedForMs: 60_000, undone: 0 });
});
