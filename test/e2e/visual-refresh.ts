import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../build/run-command.ts';
import { withPalette } from '../gallery/palette.ts';

/**
 * Takes the pictures of test/e2e/visual anew, after a change of the screens that is meant:
 * `npm run pictures`. Look at what git says has changed before it is committed.
 */
const config = fileURLToPath(new URL('playwright.config.ts', import.meta.url));
const folder = fileURLToPath(new URL('visual', import.meta.url));
const ran = await run({
  tool: 'playwright',
  args: [
    'test',
    '--config',
    config,
    '--update-snapshots=changed',
    '--reporter=line',
    'visual\\.e2e',
  ],
  output: 'show',
});
let bytes = 0;
for (const name of readdirSync(folder)) {
  const file = join(folder, name);
  const picture = readFileSync(file);
  // Colour type 3: one that has not changed has its palette already.
  if (picture[25] !== 3) writeFileSync(file, withPalette(picture));
  bytes += statSync(file).size;
}
console.log(`${Math.round(bytes / 1_000)} kB of pictures in test/e2e/visual`);
process.exit(ran.ok ? 0 : 1);
