import { availableParallelism } from 'node:os';
import { lintCheck, type Ran, type RunOptions, run, typesCheck } from './run-command.ts';

/** `npm run check`, the quick loop: types, lint, guard and unit tests, side by side. */

/** One more than there are processors: the store's tests wait for the disk most of the time. */
const workers = availableParallelism() + 1;

/** Types of files that nothing has changed for are not worked out again; `npm test` does all of them. */
const incremental = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/types.tsbuildinfo'];

const checks: Readonly<Record<string, RunOptions>> = {
  types: { ...typesCheck, args: [...typesCheck.args, ...incremental] },
  'lint and format': lintCheck,
  'guard and unit': {
    tool: 'vitest',
    args: ['run', '--project', 'unit', `--maxWorkers=${workers}`, ...process.argv.slice(2)],
    output: 'keep',
  },
};

const results = await Promise.all(
  Object.entries(checks).map(async ([name, options]) => {
    const ran = await run(options);
    console.log(report(name, ran));
    return ran.ok;
  }),
);
process.exit(results.every((ok) => ok) ? 0 : 1);

/** One line for what is well; everything it said for what is not. */
function report(name: string, ran: Ran): string {
  const line = `${ran.ok ? 'ok    ' : 'FAILED'} ${name} (${ran.seconds.toFixed(1)} s)`;
  return ran.ok ? line : `${line}\n${ran.output.trimEnd()}`;
}
