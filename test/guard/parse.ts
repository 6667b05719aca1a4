import { parseSync } from 'oxc-parser';

/** One import or re-export as written. */
export interface Import {
  readonly from: string;
  /** Only types: erased before anything runs. */
  readonly typeOnly: boolean;
  /** Imported names; `*` for the whole module (namespace, default, dynamic or bare). */
  readonly names: readonly string[];
  readonly line: number;
}

/** One use of a global: `fetch`, `Date.now`, or `Date` alone where the object itself is passed on. */
export interface Use {
  readonly name: string;
  readonly member: string | null;
  readonly line: number;
}

export interface Parsed {
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/**
 * Reads a source file's imports and its uses of global objects. Types are skipped. A local name that
 * hides a global one counts as the global: it would mislead a reader, too.
 * @throws Error for a file that cannot be parsed.
 */
export function parse(path: string, text: string): Parsed {
  const { program, errors } = parseSync(path, text, { preserveParens: false });
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const lineOf = (at: number) => text.slice(0, at).split('\n').length;
  const imports: Import[] = [];
  const uses: Use[] = [];
  walk(program as unknown, null, (node, parent) => {
    const found = importOf(node);
    if (found !== null) imports.push({ ...found, line: lineOf(node.start) });
    const use = useOf(node, parent);
    if (use !== null) uses.push({ ...use, line: lineOf(node.start) });
  });
  return { imports, uses };
}

type Visit = (node: Node, parent: Node | null) => void;

/** TypeScript's wrappers around a value; everything else whose name begins with TS is a type. */
const wrappers =
  /^TS(AsExpression|NonNullExpression|SatisfiesExpression|TypeAssertion|InstantiationExpression|ExportAssignment)$/;

function walk(value: unknown, parent: Node | null, visit: Visit): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, parent, visit);
    return;
  }
  if (!isNode(value)) return;
  if (value.type.startsWith('TS') && !wrappers.test(value.type)) return;
  visit(value, parent);
  for (const [key, child] of Object.entries(value)) {
    if (typeof child !== 'object' || child === null || isName(value, key)) continue;
    walk(child, value, visit);
  }
}

/** Places where an identifier is a label and not a value. */
function isName(node: Node, key: string): boolean {
  switch (node.type) {
    case 'MemberExpression':
      return key === 'property' && node.computed !== true;
    case 'Property':
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return key === 'key' && node.computed !== true;
    case 'ImportDeclaration':
    case 'ExportSpecifier':
    case 'ImportExpression':
    case 'LabeledStatement':
    case 'JSXAttribute':
      return key === 'specifiers' || key === 'exported' || key === 'label' || key === 'name';
    default:
      return false;
  }
}

function importOf(node: Node): Omit<Import, 'line'> | null {
  if (node.type === 'ImportExpression') {
    // A computed name cannot be judged: it is reported as an import of nothing known.
    return { from: text(node.source) ?? '(computed)', typeOnly: false, names: ['*'] };
  }
  const from = text(node.source);
  if (from === null) return null;
  if (node.type === 'ExportAllDeclaration') {
    return { from, typeOnly: node.exportKind === 'type', names: ['*'] };
  }
  const kind = node.type === 'ImportDeclaration' ? node.importKind : node.exportKind;
  if (node.type !== 'ImportDeclaration' && node.type !== 'ExportNamedDeclaration') return null;
  const all = nodes(node.specifiers);
  const values = all.filter((one) => one.importKind !== 'type' && one.exportKind !== 'type');
  const typeOnly = kind === 'type' || (all.length > 0 && values.length === 0);
  const names = values.map(
    (one) => nameOf(one.type === 'ExportSpecifier' ? one.local : one.imported) ?? '*',
  );
  return { from, typeOnly, names: all.length === 0 ? ['*'] : names };
}

function useOf(node: Node, parent: Node | null): Omit<Use, 'line'> | null {
  if (node.type !== 'Identifier' || typeof node.name !== 'string') return null;
  const { name } = node;
  if (parent?.type === 'MemberExpression' && parent.object === node) {
    const member = parent.computed === true ? text(parent.property) : nameOf(parent.property);
    // `globalThis.fetch` is `fetch`.
    if (/^(globalThis|window|self|global)$/.test(name)) {
      return member === null ? null : { name: member, member: null };
    }
    return { name, member: member ?? '(computed)' };
  }
  if (parent?.type === 'NewExpression' && parent.callee === node) {
    const empty = nodes(parent.arguments).length === 0;
    return name === 'Date' ? (empty ? { name, member: 'now' } : null) : { name, member: null };
  }
  if (parent?.type === 'BinaryExpression' && parent.operator === 'instanceof') return null;
  return { name, member: null };
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** The text of a string literal. */
function text(value: unknown): string | null {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string'
    ? value.value
    : null;
}

/** An identifier's name, or that of a name written as a string. */
function nameOf(value: unknown): string | null {
  if (!isNode(value)) return null;
  return typeof value.name === 'string' ? value.name : text(value);
}
