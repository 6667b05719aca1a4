import { type ChildProcess, spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { newFolder, openIn, sequenceMode, takeText } from '../support/store-kit.ts';

/*
 * A till's store in a process of its own, ended by SIGKILL in the middle of its commits: what it
 * said was durable is there, and the next number follows without a gap (rules 5, 6).
 */

/** Takes payments until it is killed; says the reference of each after its commit. */
const program = (folder: string): string => `
  const { openStore } = await import(${JSON.stringify(new URL('../../main/store/store.ts', import.meta.url).href)});
  const store = openStore({
    directory: ${JSON.stringify(folder)},
    terminal: { environment: 'training', merchantId: '000001', tid: '10000042' },
    numbering: { numbering: 'sequence', numberFormat: 'unpadded-text' },
    clock: { wall: () => 1616562000000 },
    version: 'test',
  });
  for (;;) {
    const { batch, reference } = store.commit(() =>
      store.takeNumber('2021-03-24', 1616562000000, 'ABCDEFGHJKLMN'));
    process.stdout.write(batch + '/' + reference + '\\n');
  }`;

async function runAndKill(folder: string, after: number): Promise<string[]> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--input-type=module', '--eval', program(folder)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let said = '';
  const ended = new Promise((tell) => child.once('close', tell));
  child.stdout?.on('data', (data) => {
    said += String(data);
    if (said.split('\n').length > after) child.kill('SIGKILL');
  });
  await ended;
  return said.split('\n').slice(0, -1);
}

test('rules 5, 6: killed over and over, numbers go up by one and none is lost or given twice', async () => {
  const folder = newFolder();
  let last = 0;
  for (const after of [1, 30, 99, 150]) {
    const said = await runAndKill(folder, after);
    const { store, database } = openIn(folder, sequenceMode);
    // The last commits may have become durable without a word of it getting out.
    const stored = Number(database.prepare('SELECT max(reference) FROM numbers').pluck().get());
    expect(stored).toBeGreaterThanOrEqual(last + said.length);
    expect(said).toEqual(said.map((_, index) => `1/${last + index + 1}`));
    expect(takeText(store)).toBe(`1/${stored + 1}`);
    expect(store.numberJumps()).toEqual([]);
    last = stored + 1;
    database.close();
  }
});
