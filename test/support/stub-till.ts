import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of a test's own, and its end. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'gerai test '));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A main that answers every request with itself, and runs once per data folder. */
const stubMain = `
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
export async function startTill({ host, dataDirectory, beginNewDatabase }) {
  mkdirSync(dataDirectory, { recursive: true });
  const lock = join(dataDirectory, 'stub.lock');
  if (existsSync(join(dataDirectory, 'broken')) && !beginNewDatabase) {
    throw Object.assign(new Error('The database is broken.'), { name: 'DatabaseBroken' });
  }
  if (existsSync(lock)) throw Object.assign(new Error('running'), { name: 'AlreadyRunning' });
  writeFileSync(lock, '');
  host.onRequest(async (sender, message) => ({ sender, message }));
  return { phoneUrl: 'http://127.0.0.1:1/', close: async () => rmSync(lock) };
}
`;

/** Lays out what a build would: dist/ with a page, a preload and the stub main. */
export function layStubBuild(root: string): void {
  const write = (path: string, text: string) => {
    const place = join(root, 'dist', path);
    mkdirSync(join(place, '..'), { recursive: true });
    writeFileSync(place, text);
  };
  write('main/till.js', stubMain);
  write('browser-host/preload.js', '"use strict";');
  write('renderer/index.html', '<!doctype html><html><head><title>Till</title></head></html>');
  write('renderer/assets/app-1234.js', 'export {};');
  write('renderer/secret.txt', 'no type, not served');
  write('outside.js', 'not the page’s');
}
