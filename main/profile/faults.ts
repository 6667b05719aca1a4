import type { z } from 'zod';

/** One thing wrong with a profile: which setting, and what it should be. */
export interface Fault {
  /** The setting's name, with dots for what is inside; empty for the file as a whole. */
  readonly path: string;
  readonly problem: string;
}

/** The profile cannot be used. The message names every fault, one a line, and no secret. */
export class ProfileInvalid extends Error {
  override name = 'ProfileInvalid';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    const lines = faults.map(
      ({ path, problem }) => `  ${path === '' ? '' : `${path}: `}${problem}`,
    );
    const count = faults.length === 1 ? 'a fault' : `${faults.length} faults`;
    super(`terminal.json has ${count}:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}

/** The schema's complaints as an installer can act on them. `content` is what was parsed. */
export function faultsOf(
  error: z.ZodError,
  content: unknown,
  known: readonly string[],
): readonly Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const path = issue.path.map(String);
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...path, key].join('.'),
        problem: unknownKey(key, known),
      }));
    }
    return [{ path: path.join('.'), problem: problemOf(issue, valueAt(content, path)) }];
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
  boolean: 'true or false',
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
function unknownKey(key: string, known: readonly string[]): string {
  const bare = (name: string): string => name.toLowerCase().replace(/[^a-z]/g, '');
  if (/^(appkey|key|secret|password)$/.test(bare(key))) {
    return 'does not belong here: no secret is kept in this file';
  }
  const meant = known.find((name) => bare(name) === bare(key));
  return meant === undefined ? 'is not a setting' : `is not a setting; ${meant} is`;
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
