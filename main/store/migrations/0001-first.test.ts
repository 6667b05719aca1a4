import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { applicationId, checkOrder, migrate, migrations, versionOf } from './index.ts';

test('0001: makes an empty file ours', () => {
  const database = new Database(':memory:');
  migrate(database, { upTo: 1 });
  expect(versionOf(database)).toBe(1);
  expect(database.pragma('application_id', { simple: true })).toBe(applicationId);
  const tables = database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
  expect(tables).toEqual([
    'journal',
    'live_bound',
    'number_jumps',
    'numbers',
    'openings',
    'payments',
    'settings',
    'terminals',
    'traces',
  ]);
});

test('0001: the same number cannot be given out twice', () => {
  const database = new Database(':memory:');
  migrate(database, { upTo: 1 });
  database.exec(`
    INSERT INTO terminals VALUES (1, 'training', 'm', 't');
    INSERT INTO numbers VALUES (1, 240321, 1, 0, NULL);`);
  const again = 'INSERT INTO numbers VALUES (1, 240321, 1, 5, NULL)';
  expect(() => database.exec(again)).toThrow('UNIQUE');
});

test('migrating again changes nothing', () => {
  const database = new Database(':memory:');
  migrate(database);
  expect(() => migrate(database)).not.toThrow();
});

test('a migration whose outcome is refused leaves neither tables nor mark', () => {
  const database = new Database(':memory:');
  const check = (): void => {
    throw new Error('refused');
  };
  expect(() => migrate(database, { check })).toThrow('refused');
  expect(versionOf(database)).toBe(0);
  expect(database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(0);
});

test('the list of migrations must rise by one', () => {
  const [first] = migrations;
  if (first === undefined) throw new Error('there is a first migration');
  expect(() => checkOrder([first, first])).toThrow('migrations:');
  expect(() => checkOrder([{ ...first, version: 2 }])).toThrow('migrations:');
});
