import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Spoken } from '../support/run-till.ts';
import { layStubBuild, temporaryFolder } from '../support/stub-till.ts';

/** The browser host as a process of its own, with a stub in main's place. */

const run = new URL('../../build/browser-host/run.ts', import.meta.url).href;
let folder: ReturnType<typeof temporaryFolder>;
let data: string;
const started: Spoken[] = [];

beforeEach(() => {
  folder = temporaryFolder();
  data = join(folder.path, 'data');
  layStubBuild(folder.path);
});

afterEach(async () => {
  for (const one of started.splice(0)) {
    one.child.kill('SIGKILL');
    await one.ends();
  }
  folder.remove();
});

function start(more: Record<string, unknown> = {}): Spoken {
  const options = JSON.stringify({
    root: folder.path,
    dataDirectory: data,
    port: 0,
    open: false,
    beginNewDatabase: false,
    version: '0',
    env: {},
    ...more,
  });
  const program =
    `const { runBrowserHost } = await import(${JSON.stringify(run)});` +
    `const code = await runBrowserHost(${options}); if (code !== null) process.exit(code);`;
  const one = new Spoken(process.execPath, ['--input-type=module', '-e', program], {});
  started.push(one);
  return one;
}

const addressSaid = /Gerai is running: http:\/\/127\.0\.0\.1:(\d+)\/\?token=(\S+)/;

test('prints the address and the phone of training, and closes in good order', async () => {
  const till = start();
  await till.says(addressSaid);
  await till.says(/phone \(training\): http:\/\/127\.0\.0\.1:1\//);
  till.child.kill('SIGTERM');
  expect(await till.ends()).toBe(0);
});

test('rule 24: a second start is refused and brings the first to the front', async () => {
  const first = start();
  await first.says(/Ctrl-C/);
  const second = start();
  expect(await second.ends()).toBe(3);
  const [, address = ''] = await second.says(/already running.*(http:\/\/\S+token=\S+)/);
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(200);
  await first.says(/A second start was brought here/);
});

test('rule 24: a first one that does not answer is still a first one', async () => {
  mkdirSync(data);
  writeFileSync(join(data, 'stub.lock'), '');
  const second = start();
  expect(await second.ends()).toBe(3);
  expect(second.text).toContain('already running');
});

test('after SIGKILL the next start takes the same port, and the door of the dead one', async () => {
  const first = start();
  const [, port] = await first.says(addressSaid);
  await first.says(/Ctrl-C/);
  first.child.kill('SIGKILL');
  await first.ends();
  rmSync(join(data, 'stub.lock'));
  const next = start();
  expect((await next.says(addressSaid))[1]).toBe(port);
  await next.says(/Ctrl-C/);
  expect(await start().ends()).toBe(3);
  await next.says(/A second start was brought here/);
});

test('a port that another till took is given up, unless it was asked for', async () => {
  const other = start({ dataDirectory: join(folder.path, 'other') });
  const [, taken = ''] = await other.says(addressSaid);
  mkdirSync(data);
  writeFileSync(join(data, 'browser-host.json'), JSON.stringify({ port: +taken, session: null }));
  const elsewhere = start();
  expect((await elsewhere.says(addressSaid))[1]).not.toBe(taken);
  const third = start({ dataDirectory: join(folder.path, 'third'), port: Number(taken) });
  expect(await third.ends()).toBe(1);
  expect(third.text).toContain(`Port ${taken} is in use`);
});

test('what main refuses is said in its words alone', async () => {
  mkdirSync(data);
  writeFileSync(join(data, 'broken'), '');
  const till = start();
  expect(await till.ends()).toBe(1);
  expect(till.text).toBe('The database is broken.\n');
  await start({ beginNewDatabase: true }).says(addressSaid);
});

test('when the process that started it dies, the till closes', async () => {
  const wrapper = new Spoken(
    process.execPath,
    [
      '-e',
      `require('child_process').spawn(process.execPath, ['--input-type=module', '-e', process.argv[1]],
        { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })`,
      `const { runBrowserHost } = await import(${JSON.stringify(run)});
       await runBrowserHost({ root: ${JSON.stringify(folder.path)}, dataDirectory: ${JSON.stringify(data)},
         port: 0, open: false, beginNewDatabase: false, version: '0', env: {} });`,
    ],
    {},
  );
  started.push(wrapper);
  await wrapper.says(/Ctrl-C/);
  wrapper.child.kill('SIGKILL');
  // Its output ends only when the till, which holds the same streams, has ended too.
  await wrapper.ends();
  await start().says(addressSaid);
});

const script = fileURLToPath(new URL('../../build/start.ts', import.meta.url));

test.each([
  [['--hots', 'browser'], 2, /"--hots" is not an option/],
  [['--port', 'many'], 2, /--port is a number up to 65535, not "many"/],
  [['--help'], 0, /--begin-new-database/],
])('npm start -- %s', async (args, code, words) => {
  const child = spawn(process.execPath, [script, ...args]);
  let text = '';
  child.stdout.on('data', (part) => {
    text += part;
  });
  child.stderr.on('data', (part) => {
    text += part;
  });
  expect(await new Promise((resolve) => child.on('close', resolve))).toBe(code);
  expect(text).toMatch(words);
});
