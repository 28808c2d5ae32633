import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Libsql from 'libsql';

/** How long a process that is just ending may take to let go, in ms. */
const patienceMs = 1_000;

export type SqliteLock =
  | { readonly ok: true; release(): void }
  /** Another process has it; `file` is what it is held through. */
  | { readonly ok: false; readonly file: string };

/**
 * Takes a database file for this process alone, until it releases it or ends, however it ends. It is an open
 * transaction on an empty database beside the file, so it is the operating system's own lock.
 */
export function lockSqlite(path: string): SqliteLock {
  const file = `${realPath(path)}.lock`;
  const lock = new Libsql(file);
  try {
    lock.pragma(`busy_timeout = ${patienceMs}`);
    lock.pragma('journal_mode = MEMORY');
    lock.exec('begin exclusive');
    return { ok: true, release: () => release(lock) };
  } catch (error) {
    lock.close();
    if ((error as { code?: unknown }).code === 'SQLITE_BUSY') return { ok: false, file };
    throw error;
  }
}

/** Closing alone would leave the lock to the garbage collector, which ends the driver's statements. */
function release(lock: Libsql.Database): void {
  lock.exec('rollback');
  lock.close();
}

/** The same for every way to name the file, symbolic links included. Creates the folder. */
function realPath(path: string): string {
  const absolute = resolve(path);
  mkdirSync(dirname(absolute), { recursive: true });
  if (existsSync(absolute)) return realpathSync(absolute);
  return join(realpathSync(dirname(absolute)), basename(absolute));
}
