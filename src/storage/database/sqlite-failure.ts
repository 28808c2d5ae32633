import { statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** What keeps SQLite from its file, none of which is the fault of the statement. */
export type SqliteFailureKind = 'busy' | 'full' | 'read-only' | 'no-access' | 'io';

/** SQLite's primary result codes (sqlite.org/rescode.html); an extended code has its primary one in the lowest byte. */
const kinds: ReadonlyMap<number, SqliteFailureKind> = new Map([
  [5, 'busy'],
  [8, 'read-only'],
  [10, 'io'],
  [13, 'full'],
  [14, 'no-access'],
]);

/** SQLite could not read or write its file, so that any other statement would fail just now, too. */
export class SqliteFailure extends Error {
  constructor(
    readonly kind: SqliteFailureKind,
    path: string,
    cause: unknown,
  ) {
    super(wordsFor(kind, path, (cause as { message?: string }).message ?? String(cause)), { cause });
    this.name = 'SqliteFailure';
  }
}

/**
 * The error as a {@link SqliteFailure} where the file is the reason for it; otherwise the error itself.
 *
 * @param path of the database file
 */
export function namedFailure(error: unknown, path: string): unknown {
  const code = resultCode(error);
  const kind = code === undefined ? undefined : kinds.get(code & 0xff);
  if (kind === undefined) return error;
  // A file of SQLite's that can't grow or be made is an I/O error, or one that can't be opened.
  const full = (kind === 'io' || kind === 'no-access') && isFull(dirname(resolve(path)));
  return new SqliteFailure(full ? 'full' : kind, path, error);
}

/** Whether another connection holds the lock that a statement needs. */
export function isBusy(error: unknown): boolean {
  return ((resultCode(error) ?? 0) & 0xff) === 5;
}

/** SQLite's result code; an error in opening a file has it at the end of its text only. */
function resultCode(error: unknown): number | undefined {
  const { rawCode } = (error ?? {}) as { readonly rawCode?: unknown };
  if (typeof rawCode === 'number') return rawCode;
  const inText = /ConnectionFailed\(.*: (\d+)"\)$/s.exec(String(error))?.[1];
  return inText === undefined ? undefined : Number(inText);
}

/** Whether the file system has no room, or no room for another file. */
export function isFull(folder: string): boolean {
  try {
    const { bavail, files, ffree } = statfsSync(folder);
    return bavail === 0 || (files > 0 && ffree === 0);
  } catch {
    return false;
  }
}

function wordsFor(kind: SqliteFailureKind, path: string, reason: string): string {
  const file = resolve(path);
  switch (kind) {
    case 'busy':
      return `another process is writing to the database ${file}, and has not ended in time (${reason})`;
    case 'full':
      return `the disk is full: nothing can be added to the database ${file} until there is room in ${dirname(file)} (${reason})`;
    case 'read-only':
      return `the database ${file} can only be read: user ${processUser()} must be able to write to it and to ${dirname(file)} (${reason})`;
    case 'no-access':
      return `the database ${file} can't be opened: user ${processUser()} must be able to read and write it and ${dirname(file)} (${reason})`;
    case 'io':
      return `the disk failed in reading or writing the database ${file} (${reason})`;
  }
}

/** The id of the user that the process runs as. */
export function processUser(): string {
  return String(process.getuid?.() ?? 'of this process');
}
