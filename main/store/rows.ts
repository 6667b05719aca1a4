import { z } from 'zod';
import { invariant } from '../../shared/never.ts';
import { RecordUnreadable } from './errors.ts';

/** Parses a value read from the database, or says which row is at fault. */
export function parseRow<T>(schema: z.ZodType<T>, value: unknown, what: string): T {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new RecordUnreadable(what, z.prettifyError(parsed.error));
  return parsed.data;
}

/** Parses JSON from the database with `parse`, or says which row is at fault. */
export function parseJson<T>(text: string, parse: (value: unknown) => T, what: string): T {
  try {
    return parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new RecordUnreadable(what, why);
  }
}

/**
 * Writes a value as JSON, if JSON keeps all of it: a number that is none, or a field without a value,
 * would come back as something else, and be noticed at the next start only.
 */
export function toJson(value: object, what: string): string {
  invariant(isKept(value), `history: JSON keeps all of ${what}`);
  return JSON.stringify(value);
}

function isKept(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return true;
    case 'number':
      return Number.isFinite(value);
    case 'object':
      if (value === null) return true;
      for (const part of Object.values(value)) if (!isKept(part)) return false;
      return true;
    default:
      return false;
  }
}
