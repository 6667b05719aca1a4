import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeDataFolder } from '../store/data-folder.ts';
import { parseWindowState, type WindowState } from './window-state.ts';

const fileName = 'window.json';

/** The window's own small memory. Losing it costs a place on the screen and nothing else. */
export interface WindowMemory {
  read(): WindowState;
  write(state: WindowState): void;
}

/**
 * Makes the folder in which the window keeps its things, Chromium's included.
 * @throws DataFolderUnusable for the data folder, Error if the disk will not have this one.
 */
export function windowFolder(dataDirectory: string): string {
  makeDataFolder(dataDirectory);
  const folder = join(dataDirectory, 'window');
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function windowMemory(folder: string): WindowMemory {
  const path = join(folder, fileName);
  return {
    read: () => parseWindowState(textOf(path)),
    write(state) {
      try {
        writeFileSync(`${path}.new`, JSON.stringify(state));
        renameSync(`${path}.new`, path);
      } catch {
        // The store says the same of this disk, in better words.
      }
    },
  };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
