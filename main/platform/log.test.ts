import { execFileSync } from 'node:child_process';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ManualClock } from '../../test/support/manual-clock.ts';
import { fileLog } from './log.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gerai-log-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const clock = new ManualClock('2026-03-24T17:34:58.497+07:00');

/** Every byte in the folder, as text. */
function everything(): string {
  return readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('');
}

test('one JSON object a line: at, level, what, facts', () => {
  const log = fileLog(directory, clock);
  log.info('the till is ready', { port: 8080 });
  log.warn('100% %s of "it"\nand more');
  log.error('the store cannot write', { error: new Error('disk full') });
  const lines = readFileSync(log.path, 'utf8').trim().split(/\r?\n/);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    {
      at: '2026-03-24T17:34:58.497+07:00',
      level: 'info',
      what: 'the till is ready',
      facts: { port: 8080 },
    },
    expect.objectContaining({ level: 'warn', what: '100% %s of "it"\nand more', facts: {} }),
    expect.objectContaining({
      level: 'error',
      facts: { error: { name: 'Error', message: 'disk full' } },
    }),
  ]);
});

test('rule 25: planted phone, key, name and balance are in no file', () => {
  const log = fileLog(directory, clock, { bytesMax: 2_000, filesMax: 5 });
  const key = 'training-key-that-opens-nothing-real';
  log.hide(key);
  const answer = {
    phone: '081298765432',
    transactionResponseData: { fullName: 'BUDI PLANTED', cashBalance: '7654321', ovoid: '*5432' },
  };
  for (let i = 0; i < 20; i++) {
    log.info('answered 081298765432', { ...answer, headers: [['hmac', `a1b2${'0'.repeat(60)}`]] });
    log.warn('as text', { body: JSON.stringify(answer), bytes: Buffer.from('BUDI PLANTED') });
    log.error(`failed with ${key}`, { error: new Error(`${key} +6281298765432`), appKey: key });
  }
  const text = everything();
  expect(text.length).toBeGreaterThan(5_000);
  expect(text).not.toMatch(/98765432|PLANTED|7654321|training-key|a1b2/);
});

test('files rotate at their size, and there are never more than five', () => {
  const log = fileLog(directory, clock, { bytesMax: 1_000, filesMax: 5 });
  for (let i = 0; i < 100; i++) log.info('line', { i, padding: 'x'.repeat(80) });
  expect(readdirSync(directory).sort()).toEqual([
    'gerai.1.log',
    'gerai.2.log',
    'gerai.3.log',
    'gerai.4.log',
    'gerai.log',
  ]);
  for (const name of readdirSync(directory)) {
    expect(statSync(join(directory, name)).size).toBeLessThan(1_400);
  }
  expect(readFileSync(log.path, 'utf8')).toContain('"i":99');
  // Every line is whole, the rotated ones too.
  for (const line of everything().trim().split(/\r?\n/)) expect(JSON.parse(line).what).toBe('line');
});

test('a second start goes on in the same file', () => {
  fileLog(directory, clock).info('first run');
  fileLog(directory, clock).info('second run');
  expect(everything().trim().split(/\r?\n/)).toHaveLength(2);
});

test('the folder is made when it is not there', () => {
  const log = fileLog(join(directory, 'logs', 'deep'), clock);
  log.info('hello');
  expect(readFileSync(log.path, 'utf8')).toContain('hello');
});

test('two logs of one process do not mix', () => {
  const a = fileLog(join(directory, 'a'), clock);
  const b = fileLog(join(directory, 'b'), clock);
  a.info('for a');
  b.info('for b');
  expect(readFileSync(a.path, 'utf8')).not.toContain('for b');
  expect(readFileSync(b.path, 'utf8')).not.toContain('for a');
});

test('it is written wherever the program is started from', () => {
  // Below the system's temporary folder there is no package.json to take a name from.
  const program = `
    const { fileLog } = await import(${JSON.stringify(new URL('./log.ts', import.meta.url).href)});
    fileLog(process.cwd(), { wall: () => 0 }).info('started elsewhere');`;
  const args = ['--input-type=module', '-e', program];
  const said = execFileSync(process.execPath, args, { cwd: directory, encoding: 'utf8' });
  expect(said).toBe('');
  expect(everything()).toContain('"what":"started elsewhere"');
});

test('a link in the place of the log is not followed', () => {
  const foreign = join(directory, 'foreign.txt');
  writeFileSync(foreign, 'mine');
  symlinkSync(foreign, join(directory, 'gerai.log'));
  fileLog(directory, clock).info('ready');
  expect(readFileSync(foreign, 'utf8')).toBe('mine');
});
