/**
 * A change of the database's layout. Once released it never changes again: what was wrong in it is
 * put right by the next.
 */
export interface Migration {
  /** The layout's version when it is done: 1, 2, 3 … */
  readonly version: number;
  readonly name: string;
  /** SQL, run in one transaction with the version's mark. */
  readonly up: string;
}
