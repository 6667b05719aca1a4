import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { z } from 'zod';
import { BenchLine } from './bench-line.ts';
import { buildIfNeeded } from './build.ts';

/**
 * `npm run bench [-- --json FILE] [WORD …]`: runs every module directly in test/bench, each in a
 * process of its own so that none warms or burdens the next, and prints one table.
 * A module exports `lines(): Promise<BenchLine[]>`.
 */

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'test', 'bench');

async function main(): Promise<number> {
  const args = process.argv.slice(2);
  if (args[0] === '--module') return measure(args[1] ?? '', args[2] ?? '');
  const jsonAt = args.indexOf('--json');
  const jsonFile = jsonAt < 0 ? null : args.splice(jsonAt, 2)[1];
  if (jsonFile === undefined) {
    console.error('--json needs a file.');
    return 2;
  }
  const wanted = modules(args);
  if (wanted.length === 0) {
    console.error(`No file of test/bench has ${args.join(' or ')} in its name. There are:`);
    console.error(modules([]).join(' '));
    return 2;
  }
  await buildIfNeeded();
  const lines: BenchLine[] = [];
  let failed = false;
  for (const name of wanted) {
    const measured = await inOwnProcess(name);
    if (measured === null) failed = true;
    else lines.push(...measured);
  }
  console.log(table(lines));
  if (jsonFile !== null) {
    writeFileSync(
      resolve(process.env.INIT_CWD ?? '.', jsonFile),
      `${JSON.stringify(lines, null, 2)}\n`,
    );
  }
  return failed ? 1 : 0;
}

function modules(words: readonly string[]): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^[^_].*\.ts$/.test(name) && !name.endsWith('.test.ts'))
    .filter((name) => words.length === 0 || words.some((word) => name.includes(word)))
    .sort();
}

/** Null when the module failed; it has then said why on stderr. */
async function inOwnProcess(name: string): Promise<BenchLine[] | null> {
  console.error(`measuring ${name} …`);
  const place = mkdtempSync(join(tmpdir(), 'gerai-bench-'));
  const out = join(place, 'lines.json');
  const own = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [own, '--module', join(folder, name), out], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  try {
    const code = await new Promise((done) => child.on('close', done));
    return code === 0 ? z.array(BenchLine).parse(JSON.parse(readFileSync(out, 'utf8'))) : null;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

/** The child's part. */
async function measure(file: string, out: string): Promise<number> {
  const loaded: { lines(): Promise<BenchLine[]> } = await import(pathToFileURL(file).href);
  writeFileSync(out, JSON.stringify(z.array(BenchLine).parse(await loaded.lines())));
  return 0;
}

function table(lines: readonly BenchLine[]): string {
  const rows = [
    ['line', 'value', 'against', 'ratio', 'aim', 'met'],
    ...lines.map((line) => [
      line.line,
      `${figure(line.value)} ${line.unit}`,
      line.against === null ? '–' : `${figure(line.against)} ${line.unit}`,
      line.ratio === null ? '–' : `${line.ratio.toFixed(2)} ×`,
      line.aim,
      line.met === null ? '–' : line.met ? 'yes' : 'NO',
    ]),
  ];
  const widths = [0, 1, 2, 3, 4, 5].map((column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const asLine = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  const [head = [], ...body] = rows;
  return [asLine(head), rule, ...body.map(asLine)].join('\n');
}

function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 1 ? value.toFixed(2) : value.toPrecision(3);
}

process.exit(await main());
