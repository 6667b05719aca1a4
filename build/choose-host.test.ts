import { expect, test } from 'vitest';
import { chooseHost } from './choose-host.ts';

const here = async () => ({ present: true, why: 'is here' });
const missing = async () => ({ present: false, why: 'is not here' });

test('nobody asked: the browser host, and one line that says why', async () => {
  expect(await chooseHost('auto', missing)).toEqual({
    host: 'browser',
    line: "Browser host: Electron's runtime is not here.",
  });
  const { host, line } = await chooseHost('auto', here);
  expect(host).toBe('browser');
  expect(line).toContain('the desktop window comes with the next version');
});

test('asked for the browser: the runtime is not even looked for', async () => {
  const never = async () => {
    throw new Error('looked');
  };
  expect((await chooseHost('browser', never)).host).toBe('browser');
});

test('asked for the window, which is not there yet: refused, with what to do', async () => {
  for (const runtime of [here, missing]) {
    const { host, line } = await chooseHost('electron', runtime);
    expect(host).toBe('none');
    expect(line).toContain('Use --host browser');
  }
});
