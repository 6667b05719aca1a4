import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noWindow } from './choose-host.ts';
import { electronRemedy, findElectron } from './electron-runtime.ts';
import { run } from './run-command.ts';

/**
 * `npm run test:electron`: the end-to-end suite against the real desktop window. Where that cannot be
 * opened it says so aloud, with what to do about it, and ends well: nothing has failed, and nothing has
 * been proven.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

async function main(): Promise<number> {
  const runtime = await findElectron({ root, nowMs: Date.now() });
  const { platform, env } = process;
  // For root the suite takes Chromium's sandbox away; nobody else's till does without.
  const missing = runtime.present
    ? noWindow({ platform, env, uid: undefined })
    : `Electron's runtime ${runtime.why}`;
  if (missing !== null) {
    console.log(
      `NOT RUN: the tests against the real Electron window: ${missing}.\n${electronRemedy(runtime)}`,
    );
    return 0;
  }
  const config = join(root, 'test', 'e2e', 'playwright.config.ts');
  const ran = await run({
    tool: 'playwright',
    args: ['test', '--config', config, '--reporter=list', ...process.argv.slice(2)],
    env: { GERAI_E2E_HOST: 'electron' },
    output: 'show',
  });
  console.log(`against the real Electron window: ${ran.ok ? 'passed' : 'FAILED'}`);
  return ran.ok ? 0 : 1;
}

process.exit(await main());
