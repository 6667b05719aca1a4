import { posix } from 'node:path';
import { type Import, type Parsed, parse, type Use } from './parse.ts';
import { type Door, doors, type Layer, layers } from './rules.ts';

/** The project's sources: paths with forward slashes, from its top, and their text. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Every fault of the architecture as one sentence: which file, what it does, and what to use instead.
 * Empty when all is well.
 */
export function faults(sources: Sources): string[] {
  const parsed = new Map([...sources].map(([path, text]) => [path, parse(path, text)]));
  return [
    ...[...parsed].flatMap(([path, file]) => [
      ...file.imports.flatMap((one) => edgeFaults(path, one)),
      ...doorFaults(path, file),
    ]),
    ...circles(parsed),
  ];
}

function edgeFaults(path: string, one: Import): string[] {
  const layer = layerOf(path);
  if (layer === null)
    return [`${path}:1 belongs to no layer: add its folder to test/guard/rules.ts`];
  const at = `${path}:${one.line}`;
  if (one.from.startsWith('.')) {
    const target = resolve(path, one.from);
    if (layer.sees.some((folder) => target.startsWith(folder))) return [];
    return [`${at} imports ${target}, which ${layer.folder} may not see: ${layer.instead}`];
  }
  if (layer.packages.some((allowed) => isOfPackage(one.from, allowed))) return [];
  return [`${at} imports ${one.from}, which ${layer.folder} may not use: ${layer.instead}`];
}

/** `node:` allows all of Node; a package allows the files inside it. */
function isOfPackage(from: string, allowed: string): boolean {
  if (allowed === 'node:') return from.startsWith('node:');
  return from === allowed || from.startsWith(`${allowed}/`);
}

/**
 * Entries of the table of doors that no source needs any more: a door left open is found by the next
 * one who looks for it.
 */
export function unusedDoors(sources: Sources): string[] {
  const parsed = [...sources].map(([path, text]) => ({ path, file: parse(path, text) }));
  return doors.flatMap((door) =>
    door.files
      .filter(
        (allowed) =>
          !parsed.some(
            ({ path, file }) => isAt(path, allowed) && usesOf(path, file, door).length > 0,
          ),
      )
      .map((allowed) => `${allowed} (${door.name}) needs it no more: take it out of the table`),
  );
}

function doorFaults(path: string, file: Parsed): string[] {
  return doors
    .filter((door) => !door.files.some((allowed) => isAt(path, allowed)))
    .flatMap((door) => usesOf(path, file, door));
}

/** Each use of one door in a file, as a sentence with the remedy. */
function usesOf(path: string, file: Parsed, door: Door): string[] {
  const imports = file.imports.filter((one) => importsDoor(one, door)).map(sayImport);
  const uses = file.uses.filter((use) => usesDoor(use, door)).map(sayUse);
  return [...imports, ...uses].map(
    (what) => `${path}:${what} (${door.name}): ${door.instead}${allowedIn(door)}`,
  );
}

function allowedIn(door: Door): string {
  return door.files.length === 0 ? '' : `. Only here: ${door.files.join(', ')}`;
}

function sayImport(one: Import): string {
  return `${one.line} imports ${one.from}`;
}

function sayUse(use: Use): string {
  return `${use.line} uses ${use.member === null ? use.name : `${use.name}.${use.member}`}`;
}

function isAt(path: string, allowed: string): boolean {
  return allowed.endsWith('/') ? path.startsWith(allowed) : path === allowed;
}

function importsDoor(one: Import, door: Door): boolean {
  if (one.typeOnly) return false;
  // `fs` and `node:fs` are the same door, and so are the files inside a package.
  const from = one.from.replace(/^node:/, '');
  const is = (module: string) => {
    const bare = module.replace(/^node:/, '');
    return module.startsWith('node:') ? from === bare : isOfPackage(from, bare);
  };
  if (door.modules?.some(is)) return true;
  return Object.entries(door.names ?? {}).some(
    ([module, names]) =>
      is(module) &&
      one.names.some((name) => name === '*' || name === 'default' || names.includes(name)),
  );
}

function usesDoor(use: Use, door: Door): boolean {
  if (door.globals?.includes(use.name)) return true;
  const members = door.members?.[use.name];
  if (members === undefined) return false;
  // `const { now } = Date` and `Math[word]` hide which member is meant.
  return use.member === null || use.member === '(computed)' || members.includes(use.member);
}

/**
 * Circles in the import graph, each once. Type-only imports count: they load nothing, but two files
 * that need each other's types are one idea cut in two, and the next import of a value closes a real
 * circle unseen.
 */
function circles(parsed: ReadonlyMap<string, Parsed>): string[] {
  const found: string[] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const at = trail.indexOf(path);
    if (at >= 0) {
      const circle = [...trail.slice(at), path].join(' → ');
      found.push(`${circle} is a circle: move what both need into a file of its own`);
      return;
    }
    if (done.has(path)) return;
    for (const one of parsed.get(path)?.imports ?? []) {
      if (one.from.startsWith('.')) visit(resolve(path, one.from), [...trail, path]);
    }
    done.add(path);
  };
  for (const path of parsed.keys()) visit(path, []);
  return found;
}

function layerOf(path: string): Layer | null {
  return layers.find(({ folder }) => path.startsWith(folder)) ?? null;
}

function resolve(path: string, from: string): string {
  return posix.normalize(posix.join(posix.dirname(path), from));
}
