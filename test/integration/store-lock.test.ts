import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { StoreUnavailable } from '../../main/store/errors.ts';
import { lockDataFolder } from '../../main/store/lock.ts';
import { AlreadyRunning, startTill } from '../../main/till.ts';

/* Rule 24: one running copy for a data folder. */

const children: ChildProcess[] = [];
const folders: string[] = [];

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gerai-lock-'));
  folders.push(folder);
  return folder;
}

/** Another process that tries for the lock, says `locked` or `refused`, and stays. */
async function otherProcess(folder: string): Promise<{ said: string; child: ChildProcess }> {
  const lock = new URL('../../main/store/lock.ts', import.meta.url).href;
  const program = `
    import { lockDataFolder } from ${JSON.stringify(lock)};
    process.stdout.write(lockDataFolder(${JSON.stringify(folder)}) === null ? 'refused' : 'locked');
    setInterval(() => {}, 1_000_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const said = await new Promise<string>((tell, fail) => {
    child.stdout?.once('data', (data) => tell(String(data)));
    child.once('exit', () => fail(new Error('it ended without a word')));
  });
  return { said, child };
}

test('rule 24: a second process is refused as long as the first lives, and not after its SIGKILL', async () => {
  const folder = newFolder();
  const first = await otherProcess(folder);
  expect(first.said).toBe('locked');
  expect(lockDataFolder(folder)).toBeNull();
  expect((await otherProcess(folder)).said).toBe('refused');

  const gone = new Promise((tell) => first.child.once('exit', tell));
  first.child.kill('SIGKILL');
  await gone;
  const lock = lockDataFolder(folder);
  expect(lock).not.toBeNull();
  expect((await otherProcess(folder)).said).toBe('refused');
  lock?.release();
  expect((await otherProcess(folder)).said).toBe('locked');
});

test('rule 24: the same process cannot hold it twice, and folders do not share it', () => {
  const [one, other] = [newFolder(), newFolder()];
  const lock = lockDataFolder(one);
  expect(lock).not.toBeNull();
  expect(lockDataFolder(one)).toBeNull();
  const second = lockDataFolder(other);
  expect(second).not.toBeNull();
  lock?.release();
  second?.release();
  const again = lockDataFolder(one);
  expect(again).not.toBeNull();
  again?.release();
});

test('a lock file with something in it is told apart from a till that runs', () => {
  const folder = newFolder();
  writeFileSync(join(folder, 'instance.lock'), 'x'.repeat(5_000));
  expect(() => lockDataFolder(folder)).toThrow(StoreUnavailable);
});

test('rule 24: one world linked into two data folders is held by one till', async () => {
  const [one, other] = [newFolder(), newFolder()];
  mkdirSync(join(one, 'training'));
  symlinkSync(join(one, 'training'), join(other, 'training'));
  const host = { onRequest: () => undefined, push: () => undefined, bringToFront: () => '' };
  const start = (dataDirectory: string) =>
    startTill({ host, dataDirectory, beginNewDatabase: false, version: 'test', env: {} });
  const till = await start(one);
  try {
    await expect(start(other)).rejects.toThrow(AlreadyRunning);
    if (process.platform !== 'win32')
      expect(statSync(join(one, 'instance.lock')).mode & 0o077).toBe(0);
  } finally {
    await till.close();
  }
});
