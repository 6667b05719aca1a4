/** Closes a switch over a union: adding a member without a case is a compile error. */
export function missingCase(value: never): never {
  throw new Error(`missing case: ${JSON.stringify(value)}`);
}

/**
 * Stops on a fault in the code, not in the world. The message begins with the rule it guards.
 * @throws BrokenInvariant
 */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new BrokenInvariant(message);
}

export class BrokenInvariant extends Error {
  override name = 'BrokenInvariant';
}
