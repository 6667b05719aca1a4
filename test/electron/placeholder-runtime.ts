import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPackage } from '@electron/asar';

/** How Electron's program marks the place of its switches; then their layout's version and number. */
const fuseMark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
/** As Electron delivers them: all of Node's doors open. */
const fusesAsDelivered = '10110000';

/**
 * Lays out a folder that packaging takes for Electron's runtime, which cannot be downloaded
 * everywhere. Its program does nothing, but has the place where the fuses are.
 */
export async function placeholderRuntime(folder: string, version: string): Promise<void> {
  for (const part of ['locales', 'resources', 'empty'])
    mkdirSync(join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'empty', 'main.js'), '');
  await createPackage(join(folder, 'empty'), join(folder, 'resources', 'default_app.asar'));
  const files = ['LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox', 'locales/en-US.pak'];
  for (const file of files) writeFileSync(join(folder, file), '');
  writeFileSync(join(folder, 'version'), version);
  const program = Buffer.concat([
    Buffer.from(`#!/bin/sh\nexit 0\n${fuseMark}`),
    Buffer.from([1, fusesAsDelivered.length]),
    Buffer.from(fusesAsDelivered),
  ]);
  writeFileSync(join(folder, 'electron'), program, { mode: 0o755 });
}

/** The switches in a packaged program, one digit each, in Electron's order. */
export function fusesOf(program: Buffer): string {
  const at = program.indexOf(fuseMark) + fuseMark.length;
  return program.toString('latin1', at + 2, at + 2 + (program[at + 1] ?? 0));
}
