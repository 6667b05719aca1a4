import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Longer than any browser needs to read a page of one line. */
const readWithinMs = 30_000;

/**
 * Opens the person's own browser, if there is one. A failure is silent: the address is printed.
 *
 * The address holds a token that whoever comes first may use, and every user of the machine can read
 * a program's arguments. So the browser is given a page that only this user can read, which leads on.
 */
export function openBrowser(address: string): void {
  const command = opener();
  if (command === null) return;
  const folder = mkdtempSync(join(tmpdir(), 'gerai-open-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const page = join(folder, 'open.html');
  writeFileSync(page, leadingPage(address), { mode: 0o600 });
  setTimeout(remove, readWithinMs).unref();
  process.once('exit', remove);
  const [program, ...args] = command;
  const child = spawn(program, [...args, pathToFileURL(page).href], {
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => undefined);
  child.unref();
}

/** @throws Error for anything but an address of this machine's own. */
export function leadingPage(address: string): string {
  if (!/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+$/.test(address))
    throw new Error('not an address of the till');
  return `<!doctype html><meta charset="utf-8"><title>Gerai</title>
<meta http-equiv="refresh" content="0;url=${address}"><a href="${address}">Gerai</a>\n`;
}

function opener(): [string, ...string[]] | null {
  if (process.platform === 'darwin') return ['open'];
  // `start` is a word of cmd; its first quoted argument would be a window title.
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  const screen = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  return screen === undefined || screen === '' ? null : ['xdg-open'];
}
