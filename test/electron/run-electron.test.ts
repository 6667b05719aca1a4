import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Spoken } from '../support/run-till.ts';
import { temporaryFolder } from '../support/stub-till.ts';

// `npm start` with the runtime there: a program that says what it was given plays the window.

const run = new URL('../../build/run-electron.ts', import.meta.url).href;
let folder: ReturnType<typeof temporaryFolder>;
let starter: Spoken | null;

beforeEach(() => {
  folder = temporaryFolder();
  starter = null;
});

afterEach(async () => {
  starter?.child.kill('SIGKILL');
  await starter?.ends();
  folder.remove();
});

/** Node plays Electron: given a folder, both run what its package.json or index.js names. */
function start(played: string, env: Record<string, string>): Spoken {
  writeFileSync(join(folder.path, 'index.js'), played);
  const executable = process.execPath;
  const options = { executable, root: folder.path, dataDirectory: 'data of till' };
  const program =
    `const { runElectron } = await import(${JSON.stringify(run)});` +
    `process.exit(await runElectron({ ...${JSON.stringify(options)}, beginNewDatabase: true, env: process.env }));`;
  starter = new Spoken(process.execPath, ['--input-type=module', '-e', program], env);
  return starter;
}

test('rule 25: the key goes over the channel, and by no environment; the exit code comes back', async () => {
  const played = `
    console.log('args', JSON.stringify(process.argv.slice(2)));
    console.log('env', process.env.GERAI_APP_KEY, process.env.OTHER,
      Object.keys(process.env).filter((name) => /^(gerai_app_key|ELECTRON_)/i.test(name)).length);
    process.once('message', (message) => { console.log('told', JSON.stringify(message)); process.exit(3); });`;
  const doors = { gerai_app_key: 'planted', ELECTRON_RUN_AS_NODE: '1' };
  const till = start(played, { ...doors, GERAI_APP_KEY: 'planted', OTHER: 'kept' });
  expect(await till.ends()).toBe(3);
  const args = JSON.stringify(['--data=data of till', '--begin-new-database']);
  expect(till.text).toBe(`args ${args}\nenv undefined kept 0\ntold {"appKey":"planted"}\n`);
});

test('rule 22: a signal reaches the window’s process', async () => {
  const played = `
    process.on('SIGTERM', () => { console.log('closing'); process.exit(0); });
    process.once('message', () => console.log('up')); setInterval(() => 0, 1000);`;
  const till = start(played, {});
  await till.says(/up/);
  till.child.kill('SIGTERM');
  expect(await till.ends()).toBe(0);
  expect(till.text).toContain('closing');
});
