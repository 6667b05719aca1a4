import type { Database } from 'better-sqlite3';
import { invariant } from '../../../shared/never.ts';
import { first } from './0001-first.ts';
import type { Migration } from './migration.ts';

/** Marks a file as ours: "Geri" in ASCII. */
export const applicationId = 0x47657269;

/** Every migration, in order. A new one is added at the end. */
export const migrations: readonly Migration[] = [first];

export const layoutVersion = migrations.length;

checkOrder(migrations);

/** Stops the program if the list is not 1, 2, 3 … */
export function checkOrder(list: readonly Migration[]): void {
  list.forEach((migration, index) => {
    invariant(
      migration.version === index + 1,
      `migrations: "${migration.name}" stands at place ${index + 1} and says ${migration.version}`,
    );
  });
}

/** The layout version of a database; 0 for one that has none yet. */
export function versionOf(database: Database): number {
  const version = database.pragma('user_version', { simple: true });
  invariant(typeof version === 'number', 'migrations: user_version is a number');
  return version;
}

/**
 * Brings a database to the newest layout (or to `upTo`). Each step and its version mark are one
 * transaction, so that a crash leaves the file at one version or the other. `check` looks at the
 * result of the last step inside its transaction; if it throws, that step never happened.
 */
export function migrate(
  database: Database,
  options: { readonly upTo?: number; readonly check?: () => void } = {},
): void {
  const upTo = options.upTo ?? layoutVersion;
  for (const migration of migrations.slice(versionOf(database), upTo)) {
    database.transaction(() => {
      database.exec(migration.up);
      database.pragma(`user_version = ${migration.version}`);
      database.pragma(`application_id = ${applicationId}`);
      if (migration.version === upTo) options.check?.();
    })();
  }
}
