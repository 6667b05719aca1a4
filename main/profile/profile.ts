import { clockOfMs, crossFaults, latestGuardMs } from './cross-checks.ts';
import { type Fault, faultsOf, ProfileInvalid } from './faults.ts';
import {
  knownSettings,
  type Profile,
  ProfileFile,
  type ReadFields,
  wordChoices,
} from './fields.ts';

export { type Fault, ProfileInvalid } from './faults.ts';
export type { Profile } from './fields.ts';

const known = knownSettings[''];

/**
 * Checks the content of a profile and fills in what it leaves out.
 * @throws ProfileInvalid with every fault, those between settings included.
 */
export function parseProfile(content: unknown): Profile {
  const read = ProfileFile.safeParse(content);
  const faults: Fault[] = [
    ...(read.success ? [] : faultsOf(read.error, content, knownSettings, wordChoices)),
    ...crossFaults(fieldsThatRead(content)),
  ];
  if (!read.success || faults.length > 0) throw new ProfileInvalid(faults);
  const { midnightGuardFrom, notFoundFinalAfter } = read.data;
  return {
    ...read.data,
    midnightGuardFrom: midnightGuardFrom ?? clockOfMs(latestGuardMs(notFoundFinalAfter)),
  };
}

/**
 * The settings that are right by themselves, defaults included. So that a fault in one does not hide
 * a fault between two others, the checks between settings look at these.
 */
function fieldsThatRead(content: unknown): ReadFields {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return {};
  const given = Object.entries(content).filter(([name]) => known.includes(name));
  const wrong = faultyNames(given);
  const meant = given.map(([name, value]): [string, unknown] => [
    name,
    wrong.has(name) ? asMeant(value) : value,
  ]);
  const faulty = faultyNames(meant);
  const right = fields.parse(Object.fromEntries(meant.filter(([name]) => !faulty.has(name))));
  // A default must not stand in for what was written wrongly.
  return Object.fromEntries(Object.entries(right).filter(([name]) => !faulty.has(name)));
}

const fields = ProfileFile.partial();

function faultyNames(entries: readonly (readonly [string, unknown])[]): ReadonlySet<unknown> {
  const issues = fields.safeParse(Object.fromEntries(entries)).error?.issues ?? [];
  return new Set(issues.map((issue) => issue.path[0]));
}

/** A number in quotes or with a fraction is a fault, and still shows which number was meant. */
function asMeant(value: unknown): unknown {
  const number = typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value;
  return typeof number === 'number' ? Math.round(number) : value;
}
