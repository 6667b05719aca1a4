import type { z } from 'zod';
import { nearest } from './nearest.ts';

/** One thing wrong with a profile: which setting, and what it should be. */
export interface Fault {
  /** The setting's name, with dots for what is inside; empty for the file as a whole. */
  readonly path: string;
  readonly problem: string;
}

/** The profile cannot be used. The message names the file, every fault, one a line, and no secret. */
export class ProfileInvalid extends Error {
  override name = 'ProfileInvalid';
  readonly faults: readonly Fault[];

  /** @param file where the profile stands, for the person who has to mend it. */
  constructor(faults: readonly Fault[], file = 'terminal.json') {
    const lines = faults.map(
      ({ path, problem }) => `  ${path === '' ? '' : `${path}: `}${problem}`,
    );
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    super(`${file} has ${count}:\n${lines.join('\n')}\n${remedy}`);
    this.faults = faults;
  }
}

const remedy =
  'Correct the file in a text editor and start again. ' +
  'For a file to copy from, start once with --data and an empty folder: it gets one, for training.';

/** The settings by where they stand: '' for the file itself, else the setting that holds them. */
export type KnownSettings = Readonly<Record<string, readonly string[]>>;

/**
 * The schema's complaints as an installer can act on them. `content` is what was parsed; `choices`
 * are words that a setting takes beside an address.
 */
export function faultsOf(
  error: z.ZodError,
  content: unknown,
  known: KnownSettings,
  choices: KnownSettings,
): readonly Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key].join('.'),
        problem: unknownKey(key, path.join('.'), known),
      }));
    }
    const value = valueAt(content, path);
    const words =
      issue.code === 'invalid_value' ? issue.values.map(String) : (choices[path.join('.')] ?? []);
    // What was written is not repeated: it may be a secret in the wrong place (rule 25).
    const meant = typeof value === 'string' ? nearest(value, words) : null;
    const guess = meant === null ? '' : `; did you mean "${meant}"?`;
    return [{ path: path.join('.'), problem: `${problemOf(issue, value)}${guess}` }];
  });
}

function problemOf(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined && issue.path.length > 0) return 'is missing';
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${typeWords[issue.expected] ?? issue.expected}, not ${kindOf(value)}`;
    case 'invalid_value':
      return `must be one of ${issue.values.map(String).join(', ')}`;
    case 'too_small':
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      return `must be at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'text in double quotes',
  number: 'a number without quotes',
  int: 'a whole number',
  boolean: 'true or false without quotes',
  object: 'an object in { }',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'a number' : 'a fraction';
  return (
    { string: 'text', boolean: 'true or false', object: 'an object' }[typeof value as string] ??
    typeof value
  );
}

/** Names the remedy where it can be guessed. */
function unknownKey(key: string, within: string, known: KnownSettings): string {
  if (/^(appkey|key|secret|password)$/.test(key.toLowerCase().replace(/[^a-z]/g, ''))) {
    return 'does not belong here: no secret is kept in this file';
  }
  const meant = nearest(key, known[within] ?? []);
  if (meant !== null) return `is not a setting; did you mean ${meant}?`;
  const elsewhere = Object.keys(known).find((place) => known[place]?.includes(key));
  if (elsewhere === undefined) return 'is not a setting';
  return `is not a setting here; it stands ${elsewhere === '' ? 'at the top' : `inside ${elsewhere}`}`;
}

function valueAt(content: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? Reflect.get(value, name)
        : undefined,
    content,
  );
}
