// The first step of every command. Runs on any Node from 20 without a single package, brings the
// project's own packages (Node 24 among them) and hands the command on to that Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** @type {Readonly<Record<string, string>>} */
const commands = {
  start: 'build/start.ts',
  test: 'build/test.ts',
  check: 'build/check.ts',
  bench: 'build/bench.ts',
  format: 'build/format.ts',
  pictures: 'test/e2e/visual-refresh.ts',
  'test-electron': 'build/test-electron.ts',
};

const [command = '', ...rest] = process.argv.slice(2);
const script = Object.hasOwn(commands, command) ? commands[command] : undefined;
if (script === undefined) {
  fail(`"${command}" is not a command. There are: ${Object.keys(commands).join(', ')}.`);
}
// Whoever only asks what there is need not wait for the packages.
if (command === 'start' && rest.some((word) => word === '--help' || word === '-h')) {
  console.log(readFileSync(join(root, 'build', 'start-help.txt'), 'utf8').trimEnd());
  process.exit(0);
}
await installIfNeeded();
await handOver(findNode(), script ?? '', rest);

/** Ends with one plain sentence on stderr and exit code 1. */
function fail(/** @type {string} */ sentence) {
  console.error(sentence);
  process.exit(1);
}

/** The lock file's hash, kept in node_modules, tells whether what is installed is what is asked for. */
async function installIfNeeded() {
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, 'node_modules', '.gerai-installed');
  if (textOf(stamp) === wanted) return;
  if (!installedByNpm(lock)) {
    console.log('installing (about half a minute)…');
    const problem = await install();
    if (problem !== null) {
      fail(`${problem}\nThe packages could not be installed: see above, or run "npm ci" yourself.`);
    }
  }
  writeFileSync(stamp, wanted);
}

/** True when a person ran `npm ci` already: npm's own record of the folder says the same as the lock. */
function installedByNpm(/** @type {string} */ lock) {
  const record = textOf(join(root, 'node_modules', '.package-lock.json'));
  if (record === null) return false;
  const wanted = JSON.parse(lock).packages;
  const have = JSON.parse(record).packages;
  return Object.entries(wanted).every(([place, entry]) => {
    if (place === '') return true;
    if (have[place] === undefined) return entry.optional === true || entry.devOptional === true;
    return have[place].version === entry.version && have[place].integrity === entry.integrity;
  });
}

/** Null when it went well, otherwise the end of what npm said. */
async function install() {
  const first = await npm([]);
  if (first === null) return null;
  // A cache that cannot be written (a read-only home, a container) need not stop anyone.
  if (!/EACCES|EROFS|EPERM|ENOENT|ENOTDIR|ENOSPC/.test(first)) return first;
  const cache = mkdtempSync(join(tmpdir(), 'gerai-npm-'));
  const second = await npm(['--cache', cache]);
  rmSync(cache, { recursive: true, force: true });
  return second;
}

function npm(/** @type {string[]} */ more) {
  const args = ['ci', '--include=dev', '--loglevel=error', '--no-fund', '--no-audit', ...more];
  const own = process.env.npm_execpath ?? '';
  const viaNode = /npm-cli\.[cm]?js$/.test(own) && existsSync(own);
  const windows = process.platform === 'win32';
  // Inside `npm run` our own Node is the one that is about to be replaced; npm's is not.
  const outer = process.env.npm_node_execpath ?? '';
  const node = existsSync(outer) ? outer : process.execPath;
  const child = viaNode
    ? spawn(node, [own, ...args], { cwd: root })
    : spawn('npm', windows ? args.map((arg) => `"${arg}"`) : args, { cwd: root, shell: windows });
  let said = '';
  const hear = (/** @type {Buffer} */ part) => {
    said = (said + part).slice(-4000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  return new Promise((resolve) => {
    child.on('error', (error) =>
      resolve(`npm could not be started (${error.message}). Install npm, which comes with Node.`),
    );
    child.on('close', (code) => resolve(code === 0 ? null : said || `npm ended with ${code}.`));
  });
}

/** The Node 24 that the `node` package brought. */
function findNode() {
  const bin = join(root, 'node_modules', 'node', 'bin');
  const found = [join(bin, 'node.exe'), join(bin, 'node')].find(existsSync);
  if (found !== undefined) return found;
  rmSync(join(root, 'node_modules', '.gerai-installed'), { force: true });
  return fail(
    'npm installed the packages but did not run the script that brings Node 24. ' +
      'Run "npm install-scripts approve node" and then "npm rebuild node", and try again.',
  );
}

/** Runs the command's script on that Node and ends as it ends. */
async function handOver(
  /** @type {string} */ node,
  /** @type {string} */ file,
  /** @type {string[]} */ args,
) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  const child = spawn(node, [join(root, file), ...args], {
    // The till watches this channel: if this process is killed, it closes instead of living on unseen.
    stdio: file === commands.start ? ['inherit', 'inherit', 'inherit', 'ipc'] : 'inherit',
    env: { ...process.env, PATH: path },
  });
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP', 'SIGINT'])) {
    // A terminal gives its Ctrl-C to both of us; a second one from here would be one too many.
    const both = signal === 'SIGINT' && process.stdin.isTTY;
    process.on(signal, () => both || child.kill(signal));
  }
  child.on('error', (error) => fail(`Node 24 could not be started: ${error.message}`));
  child.on('exit', (code, signal) => {
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
  });
}

function textOf(/** @type {string} */ file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
}
