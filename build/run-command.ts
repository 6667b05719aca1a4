import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The tools, started by this Node rather than by whatever Node a shim would find. */
const tools = {
  tsc: 'node_modules/typescript/bin/tsc',
  biome: 'node_modules/@biomejs/biome/bin/biome',
  vitest: 'node_modules/vitest/vitest.mjs',
  playwright: 'node_modules/@playwright/test/cli.js',
} as const;

export interface Ran {
  readonly ok: boolean;
  readonly seconds: number;
  /** What it said, when it was asked to keep it to itself. */
  readonly output: string;
}

export interface RunOptions {
  readonly tool: keyof typeof tools;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** `show`: on this terminal as it comes; `keep`: for the caller. */
  readonly output: 'show' | 'keep';
}

/** Runs one of the project's tools to its end. Never rejects. */
export function run(options: RunOptions): Promise<Ran> {
  const started = performance.now();
  const child = spawn(process.execPath, [`${root}${tools[options.tool]}`, ...options.args], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: options.output === 'show' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const hear = (part: Buffer) => {
    output += part.toString('utf8');
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  return new Promise((resolve) => {
    const end = (ok: boolean) =>
      resolve({ ok, seconds: (performance.now() - started) / 1000, output });
    child.on('error', (error) => {
      output += error.message;
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

/** Types and style, the same in the quick loop and in the whole run. */
export const typesCheck: RunOptions = { tool: 'tsc', args: ['-p', '.'], output: 'keep' };
export const lintCheck: RunOptions = {
  tool: 'biome',
  args: ['check', '--error-on-warnings', '.'],
  output: 'keep',
};
