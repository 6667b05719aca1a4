/** Why the books cannot be opened or written, in words; other codes are the disk's own errors. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/^(SQLITE_FULL|ENOSPC|EDQUOT)/, 'the disk is full'],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|EACCES|EPERM|EROFS|ENOTDIR|EEXIST)/,
    'the folder cannot be written to',
  ],
  [/^(SQLITE_BUSY|SQLITE_LOCKED|EBUSY)/, 'another program holds them locked'],
];

/** The simulator's books cannot be opened. The message is a sentence for whoever starts the till. */
export class BooksUnavailable extends Error {
  override name = 'BooksUnavailable';
  constructor(directory: string, cause: unknown) {
    super(
      `The books of OVO's simulator in ${directory} cannot be opened: ${troubleWords(cause)}. ` +
        'Mend that and start again; nothing was lost.',
      { cause },
    );
  }
}

/** The code of a system or SQLite error, or an empty text. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** The trouble in words, with its code for those who support the till. */
export function troubleWords(error: unknown): string {
  const code = codeOf(error);
  if (code === '') return error instanceof Error ? error.message : String(error);
  const known = reasons.find(([codes]) => codes.test(code));
  return `${known?.[1] ?? 'the disk reports an error'} (${code})`;
}
