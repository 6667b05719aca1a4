import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export interface PageFile {
  readonly type: string;
  readonly body: Buffer;
}

/** The page's files by their path from its top, `/assets/index-1a2b.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/**
 * Reads the built page once, all of it: about a megabyte. What is asked for later is looked up in this
 * list and never becomes a path on the disk. A file of no known type is left out, a link not followed.
 * @throws Error if the folder or the page itself is not there: the program is not whole.
 */
export function readPageFiles(folder: string): PageFiles {
  const found = readFolder(folder, '/');
  if (!found.has('/index.html')) throw new Error(`index.html is missing in ${folder}`);
  return found;
}

function readFolder(folder: string, below: string): PageFiles {
  const found = new Map<string, PageFile>();
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) {
      for (const [inner, file] of readFolder(folder, `${path}/`)) found.set(inner, file);
    }
    const type = types[extname(entry.name)];
    if (entry.isFile() && type !== undefined) {
      found.set(path, { type, body: readFileSync(join(folder, path)) });
    }
  }
  return found;
}
