import { spawn } from 'node:child_process';

/** Opens the person's own browser, if there is one. A failure is silent: the address is printed. */
export function openBrowser(address: string): void {
  const command = opener();
  if (command === null) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function opener(): [string, ...string[]] | null {
  if (process.platform === 'darwin') return ['open'];
  // `start` is a word of cmd; its first quoted argument would be a window title.
  if (process.platform === 'win32') return ['cmd', '/c', 'start', ''];
  const screen = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY;
  return screen === undefined || screen === '' ? null : ['xdg-open'];
}
