import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';

/** A Unix socket's path may have about a hundred bytes; the rest of it would be cut off silently. */
const socketPathBytesMax = 100;
const askMs = 3000;
const answerBytesMax = 2000;
/** The only answer that is ever shown to a person. */
const tillAddress = /^http:\/\/127\.0\.0\.1:\d{1,5}\/\?token=[\w-]{1,100}$/;

/**
 * Where the running till of this data folder listens for a second start (rule 24): a named pipe, or
 * a socket in the folder itself, so that the folder's own rights say who may knock.
 */
export function frontAddress(dataDirectory: string, platform = process.platform): string {
  const real = realPath(dataDirectory);
  const name = createHash('sha256').update(real).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\gerai-${name}`;
  const inFolder = join(real, 'front.sock');
  if (Buffer.byteLength(inFolder) <= socketPathBytesMax) return inFolder;
  return join(tmpdir(), `gerai-${userInfo().uid}`, `${name}.sock`);
}

export interface Front {
  close(): void;
}

/**
 * Answers every second start with what `toFront` returns. Call it only while holding the folder's
 * lock: what a killed till left at the address is then nobody's, and is removed.
 */
export function answerAtFront(dataDirectory: string, toFront: () => string): Promise<Front | null> {
  const address = frontAddress(dataDirectory);
  const onDisk = process.platform !== 'win32';
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.once('data', () => socket.end(toFront()));
    socket.setTimeout(askMs, () => socket.destroy());
  });
  server.unref();
  return new Promise((resolve) => {
    // Without this door the till still runs; a second start then only says that there is a first.
    server.on('error', () => resolve(null));
    try {
      if (onDisk) {
        mkdirSync(dirname(address), { recursive: true, mode: 0o700 });
        if (!isOurs(dirname(address))) return resolve(null);
        rmSync(address, { force: true });
      }
    } catch {
      resolve(null);
      return;
    }
    server.listen(address, () => {
      if (onDisk) chmodSync(address, 0o600);
      resolve({ close: () => server.close() });
    });
  });
}

/** Asks the running till to come to the front; null when nobody answers. */
export function askToFront(dataDirectory: string): Promise<string | null> {
  const address = frontAddress(dataDirectory);
  if (process.platform !== 'win32' && !isOurs(dirname(address))) return Promise.resolve(null);
  return new Promise((resolve) => {
    const socket = createConnection(address);
    let answer = '';
    socket.setEncoding('utf8');
    socket.setTimeout(askMs, () => socket.destroy());
    socket.on('connect', () => socket.write('front\n'));
    socket.on('data', (part) => {
      answer += part;
      if (answer.length > answerBytesMax) socket.destroy();
    });
    socket.on('error', () => resolve(null));
    socket.on('close', () => resolve(tillAddress.test(answer) ? answer : null));
  });
}

/** A folder of another user could hold another user's socket. */
function isOurs(folder: string): boolean {
  try {
    const { uid, mode } = lstatSync(folder);
    return (
      (mode & 0o170000) === 0o040000 &&
      (uid === userInfo().uid || uid === 0) &&
      (mode & 0o022) === 0
    );
  } catch {
    return false;
  }
}

function realPath(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
