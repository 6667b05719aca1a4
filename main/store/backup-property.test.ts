import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { dayMs, instantInDay, JakartaDay, jakartaDay } from '../../shared/time.ts';
import {
  dateMode,
  killedCopy,
  newFolder,
  openIn,
  sequenceMode,
  take,
} from '../../test/support/store-kit.ts';
import type { StoreOptions } from './store.ts';

/*
 * N1 where all that is left of a till is a copy of gerai.db: disks lost, days that pass, modes
 * switched, kills. Days only rise here, a copy is put back once, and where the new machine's clock is
 * wrong, the last number that the copy knows was given out at most a month before.
 */

const mode = fc.constantFrom(dateMode, sequenceMode);
const Step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('take' as const), count: fc.nat(30) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('wait' as const),
      days: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 50 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('copy' as const), mode }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('kill' as const), mode }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('newDisk' as const),
      mode,
      clockDays: fc.constantFrom(0, 0, 0, -4_000, 4_000),
    }),
  },
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

class Till {
  readonly #given = new Set<string>();
  #folder = newFolder();
  #day = JakartaDay.parse('2021-03-24');
  #lastTaken = this.#day;
  #copy: { readonly path: string; readonly knows: JakartaDay } | null = null;
  #store = openIn(this.#folder).store;

  run(step: Step): void {
    switch (step.do) {
      case 'take':
        for (let n = 0; n < step.count; n++) this.#take();
        return;
      case 'wait':
        this.#day = later(this.#day, step.days);
        return;
      case 'kill':
        this.#folder = killedCopy(this.#folder);
        this.#store.close();
        this.#open(step.mode, 0);
        return;
      case 'copy':
        this.#store.close();
        this.#copy = { path: join(newFolder(), 'copy.db'), knows: this.#lastTaken };
        copyFileSync(join(this.#folder, 'gerai.db'), this.#copy.path);
        this.#open(step.mode, 0);
        return;
      case 'newDisk':
        this.#toNewDisk(step.mode, step.clockDays);
    }
  }

  end(): void {
    this.#store.close();
  }

  #take(): void {
    const { batch, reference } = take(this.#store, this.#day);
    const pair = `${batch}/${reference}`;
    expect(this.#given.has(pair), `N1: ${pair} is given out once`).toBe(false);
    this.#given.add(pair);
    this.#lastTaken = this.#day;
  }

  #toNewDisk(inMode: Partial<StoreOptions>, clockDays: number): void {
    // A copy from before the first number cannot know that there were any.
    if (this.#copy === null || this.#given.size === 0) return;
    const isOld = later(this.#copy.knows, 31) < this.#day;
    this.#store.close();
    this.#folder = newFolder();
    copyFileSync(this.#copy.path, join(this.#folder, 'gerai.db'));
    this.#copy = null;
    this.#open(inMode, isOld ? 0 : clockDays);
  }

  #open(inMode: Partial<StoreOptions>, clockDays: number): void {
    const on = later(this.#day, clockDays);
    const clock = { wall: () => instantInDay(on, 1) };
    this.#store = openIn(this.#folder, { ...inMode, clock }).store;
  }
}

const later = (day: JakartaDay, days: number): JakartaDay =>
  jakartaDay(instantInDay(day, days * dayMs));

test('N1: a copy of the database alone gives out no number again, however old it is', () => {
  const first: Step = { do: 'take', count: 1 };
  fc.assert(
    fc.property(fc.array(Step, { minLength: 8, maxLength: 40 }), (steps) => {
      const till = new Till();
      for (const step of [first, ...steps]) till.run(step);
      till.end();
    }),
    { numRuns: 25 },
  );
}, 60_000);
