/** Where a text stops being JSON, counted from 1 as an editor does, and what is wrong there. */
export interface JsonFault {
  readonly line: number;
  readonly column: number;
  readonly problem: string;
}

/** Deeper nesting than any profile has; stops a hostile file from exhausting the stack. */
const depthMax = 50;

/**
 * Finds the first fault of a text that should be JSON, or null if it is JSON. The platform's own
 * message names a place for some faults only. A key written twice in one object counts as a fault:
 * `JSON.parse` would take the last without a word, and the installer would look at the first.
 */
export function findJsonFault(text: string): JsonFault | null {
  const scanner = new Scanner(text);
  const problem = scanner.whole();
  if (problem === null) return null;
  const before = text.slice(0, scanner.at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, problem };
}

type Problem = string | null;

/** Walks over a JSON text. Each step answers null, or the problem at `at`. */
class Scanner {
  at = 0;
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Problem {
    return this.#value(0) ?? (this.#skip() === '' ? null : 'there is more after the end');
  }

  #value(depth: number): Problem {
    const next = this.#skip();
    if (depth > depthMax) return 'is nested too deeply';
    if (next === '{') return this.#list('}', depth, new Set());
    if (next === '[') return this.#list(']', depth, null);
    if (next === '"') return this.#string();
    return this.#take(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y)
      ? null
      : this.#expected('a value');
  }

  /** An object if it has `keys`, else an array: members between commas, up to `close`. */
  #list(close: string, depth: number, keys: Set<string> | null): Problem {
    this.at += 1;
    if (this.#skip() === close) return this.#step();
    for (;;) {
      const problem = (keys && this.#key(keys)) ?? this.#value(depth + 1);
      if (problem !== null) return problem;
      const next = this.#skip();
      if (next === close) return this.#step();
      if (next !== ',') return this.#expected(`a comma or ${close}`);
      this.at += 1;
      if (this.#skip() === close) return 'a comma too many before this';
    }
  }

  #key(keys: Set<string>): Problem {
    if (this.#skip() !== '"') return this.#expected('a name in double quotes');
    const from = this.at;
    const problem = this.#string();
    if (problem !== null) return problem;
    const name = String(JSON.parse(this.#text.slice(from, this.at)));
    if (keys.has(name)) {
      this.at = from;
      return `${JSON.stringify(name)} stands here for the second time`;
    }
    keys.add(name);
    if (this.#skip() !== ':') return this.#expected('a colon');
    return this.#step();
  }

  #string(): Problem {
    const from = this.at;
    // Control characters, a line's end among them, may not stand in a string.
    if (this.#take(/"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4})|[\u007f-\u009f])*"/uy))
      return null;
    this.at = from;
    return 'this text does not end on its line, or holds a backslash that means nothing';
  }

  #step(): null {
    this.at += 1;
    return null;
  }

  /** Passes over white space; answers the character that follows, or '' at the end. */
  #skip(): string {
    this.#take(/[ \t\r\n]*/y);
    return this.#text.charAt(this.at);
  }

  #take(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    const found = pattern.test(this.#text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  #expected(what: string): string {
    return this.at >= this.#text.length
      ? `the file ends here, where ${what} should follow`
      : `${what} should stand here`;
  }
}
