import { run } from './run-command.ts';

/** `npm run format`: style and imports put in order, and what can be mended mended. */
const paths = process.argv.slice(2);
const { ok } = await run({
  tool: 'biome',
  args: ['check', '--write', ...(paths.length > 0 ? paths : ['.'])],
  output: 'show',
});
process.exit(ok ? 0 : 1);
