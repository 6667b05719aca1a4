import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JakartaDay } from '../../shared/time.ts';
import {
  dateMode,
  day,
  killedCopy,
  newFolder,
  noon,
  openIn,
  sequenceMode,
  take,
  token,
} from '../../test/support/store-kit.ts';
import type { BatchNumber, Numbers, ReferenceNumber } from '../payment/types.ts';
import { NumbersExhausted, SeedImpossible, SeedNotForward } from './errors.ts';
import { batchOfDay } from './numbering.ts';
import type { Store } from './types.ts';

/*
 * N1 against everything at once: days that go either way, modes switched, seeds, commits undone, ends
 * of every kind, older databases put back and databases lost.
 */

// 1 January 2001 is batch 10101 as a date: within reach of the sequence by a seed.
const days = ['2001-01-01', '2001-01-02', '2001-02-01', '2001-01-31', '2001-03-01'].map(day);
const dayIndex = fc.nat({ max: days.length - 1 });

const Step = fc.oneof(
  { weight: 12, arbitrary: fc.record({ do: fc.constant('take' as const), day: dayIndex }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undone' as const), day: dayIndex }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('seed' as const),
      day: dayIndex,
      batch: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(10_100, 10_101, 10_201)),
      reference: fc.oneof(
        fc.integer({ min: 1, max: 300 }),
        fc.integer({ min: 999_997, max: 999_999 }),
      ),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('restart' as const, 'kill' as const, 'backUp' as const),
      sequence: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom('restore' as const, 'lose' as const),
      sequence: fc.boolean(),
    }),
  },
);
type Step = typeof Step extends fc.Arbitrary<infer T> ? T : never;

class Life {
  readonly #given = new Map<number, number>();
  #folder = newFolder();
  #backup: string | null = null;
  #store: Store;

  constructor() {
    this.#store = openIn(this.#folder).store;
  }

  run(step: Step): void {
    if (step.do === 'take') this.#take(step.day);
    else if (step.do === 'undone') this.#undone(step.day);
    else if (step.do === 'seed') this.#seed(step.day, step.batch, step.reference);
    else this.#reopen(step.do, step.sequence);
  }

  end(): void {
    this.#store.close();
  }

  #take(on: number): void {
    const numbers = refusable(() => take(this.#store, dayOf(on)), [NumbersExhausted]);
    if (numbers !== null) this.#check(numbers);
  }

  #check({ batch, reference }: Numbers): void {
    const highest = this.#given.get(batch) ?? 0;
    expect(reference, `N1: ${batch} has given out ${highest}`).toBeGreaterThan(highest);
    if (reference !== highest + 1) {
      const jumps = this.#store.numberJumps().filter((jump) => jump.batch === batch);
      expect(jumps.map((jump) => jump.toReference)).toContain(reference);
    }
    this.#given.set(batch, reference);
  }

  #undone(on: number): void {
    const fail = new Error('undone');
    try {
      this.#store.commit(() => {
        this.#store.takeNumber(dayOf(on), noon, token);
        throw fail;
      });
    } catch (error) {
      if (error !== fail && !(error instanceof NumbersExhausted)) throw error;
    }
  }

  #seed(on: number, batch: number, reference: number): void {
    const next = { batch: batch as BatchNumber, reference: reference as ReferenceNumber };
    refusable(
      () => this.#store.seedNumber(dayOf(on), next, noon),
      [SeedNotForward, SeedImpossible],
    );
  }

  #reopen(how: 'restart' | 'kill' | 'backUp' | 'restore' | 'lose', sequence: boolean): void {
    if (how === 'kill') this.#kill();
    this.#store.close();
    if (how === 'backUp') this.#backUp();
    if (how === 'restore' && this.#backup !== null) copyFileSync(this.#backup, this.#database());
    if (how === 'lose') rmSync(this.#database());
    this.#store = openIn(this.#folder, {
      ...(sequence ? sequenceMode : dateMode),
      beginNewDatabase: how === 'lose',
    }).store;
  }

  #kill(): void {
    const found = killedCopy(this.#folder);
    this.#store.close();
    this.#folder = found;
  }

  #backUp(): void {
    this.#backup = join(newFolder(), 'backup.db');
    copyFileSync(this.#database(), this.#backup);
  }

  /** The store is closed then, and its log folded in. */
  #database(): string {
    const path = join(this.#folder, 'gerai.db');
    expect(existsSync(`${path}-wal`)).toBe(false);
    return path;
  }
}

function dayOf(index: number): JakartaDay {
  return days[index] ?? day('2001-01-01');
}

function refusable<T>(work: () => T, refusals: (new (...of: never[]) => Error)[]): T | null {
  try {
    return work();
  } catch (error) {
    if (refusals.some((refusal) => error instanceof refusal)) return null;
    throw error;
  }
}

test('the days of this test are batches that the sequence can reach too', () => {
  expect(days.map(batchOfDay)).toEqual([10_101, 20_101, 10_201, 310_101, 10_301]);
});

test('N1: no pair of batch and reference is given out twice, and each gap is a recorded jump', () => {
  fc.assert(
    fc.property(fc.array(Step, { minLength: 5, maxLength: 60 }), (steps) => {
      const life = new Life();
      for (const step of steps) life.run(step);
      life.end();
    }),
    { numRuns: 25 },
  );
}, 60_000);
