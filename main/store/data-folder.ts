import { ensureFolder, errorCode, isFolder } from './disk.ts';
import { StoreError, StoreUnavailable } from './errors.ts';

/** Where `--data` or GERAI_DATA points there can be no books. The message says what to do. */
export class DataFolderUnusable extends StoreError {
  override name = 'DataFolderUnusable';
  constructor(path: string, why: keyof typeof whys, code: string) {
    super(
      `The data folder ${path} cannot be used: ${whys[why]}${code === '' ? '' : ` (${code})`}.`,
    );
  }
}

const other = 'name another folder with --data or GERAI_DATA';
const whys = {
  file: `that is a file, not a folder; ${other}`,
  belowFile: `a part of that path is a file, not a folder; ${other}`,
  noRight: `no permission; let the person who runs the till read and write it, or ${other}`,
  readOnly: `its disk can only be read; make it writable, or ${other}`,
  noPlace: `no such place can be made there; ${other}`,
  noRoom: `its disk is full; make room and start again, or ${other}`,
} as const;

const whysByCode: Readonly<Record<string, keyof typeof whys>> = {
  EACCES: 'noRight',
  EPERM: 'noRight',
  SQLITE_CANTOPEN: 'noRight',
  SQLITE_PERM: 'noRight',
  SQLITE_READONLY: 'noRight',
  SQLITE_READONLY_DIRECTORY: 'noRight',
  EEXIST: 'belowFile',
  ENOTDIR: 'belowFile',
  EISDIR: 'noPlace',
  EROFS: 'readOnly',
  ENOENT: 'noPlace',
  EINVAL: 'noPlace',
  ENAMETOOLONG: 'noPlace',
  ENOSPC: 'noRoom',
  EDQUOT: 'noRoom',
};

/**
 * Makes the till's data folder if it is not there.
 * @throws DataFolderUnusable, or StoreUnavailable for what no choice of folder mends.
 */
export function makeDataFolder(path: string): void {
  try {
    ensureFolder(path);
    if (isFolder(path)) return;
  } catch (error) {
    throw dataFolderError(path, error);
  }
  throw new DataFolderUnusable(path, 'file', '');
}

/** A failure to use the folder, in words that say which folder and what to do. */
export function dataFolderError(path: string, error: unknown): unknown {
  const code = errorCode(error instanceof StoreUnavailable ? error.cause : error);
  const why = whysByCode[code];
  return why === undefined ? error : new DataFolderUnusable(path, why, code);
}
