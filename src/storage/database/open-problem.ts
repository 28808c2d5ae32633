import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { namedFailure, processUser, SqliteFailure } from './sqlite-failure.js';

/** What SQLite keeps beside the database, and the file through which the router keeps others out. */
const fileEndings = ['', '-wal', '-shm', '.lock'];
/** Node's codes of a folder that can't be made. Without a parent that can be written, it may also say ENOENT. */
const folderCodes: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOSPC',
  'ENOENT',
  'ENOTDIR',
  'EEXIST',
]);

/** Throws Node's error where the process may not do to a file or folder what the mode says. */
type Access = (name: string, mode: number) => void;

/** Why a SQLite file could not be opened, and what to do, in words for the person who starts the service. */
export function openProblem(path: string, error: unknown, access: Access = accessSync): string {
  return `The database can't be opened: ${reasonFor(resolve(path), error, access)}`;
}

function reasonFor(file: string, error: unknown, access: Access): string {
  const failure = namedFailure(error, file);
  const { code, message } = error as { readonly code?: unknown; readonly message?: string };
  const full = code === 'ENOSPC' || (failure instanceof SqliteFailure && failure.kind === 'full');
  if (full)
    return `the disk is full: there is no room for ${file}. Make room in ${dirname(file)} and start again.`;
  if (failure instanceof SqliteFailure || folderCodes.has(code)) {
    const obstacle = obstacleTo(file, access);
    if (obstacle !== undefined) return obstacle;
  }
  if (failure instanceof SqliteFailure) return failure.message;
  return message || String(error);
}

/** What prevents making the file, reading it and writing to it; undefined when no reason is found. */
function obstacleTo(file: string, access: Access): string | undefined {
  const folder = dirname(file);
  const nearest = nearestExisting(folder);
  if (!statSync(nearest).isDirectory())
    return `${nearest} is a file, so there can be no folder ${folder}. Set DATABASE_URL to another path.`;
  if (existsSync(file) && statSync(file).isDirectory())
    return `${file} is a folder. Set DATABASE_URL to a file in it, for example sqlite:${file}/router.db.`;
  const inFolder = refusal(
    () => access(nearest, constants.R_OK | constants.W_OK | constants.X_OK),
    'folder',
    nearest,
  );
  if (inFolder !== undefined) return inFolder;
  return fileEndings
    .map((ending) => file + ending)
    .filter((name) => existsSync(name))
    .map((name) => refusal(() => access(name, constants.R_OK | constants.W_OK), 'file', name))
    .find((found) => found !== undefined);
}

function refusal(ask: () => void, kind: 'folder' | 'file', name: string): string | undefined {
  try {
    ask();
    return undefined;
  } catch (error) {
    if ((error as { readonly code?: unknown }).code === 'EROFS')
      return `the ${kind} ${name} is on a file system that is mounted read-only. Mount it for writing, or set DATABASE_URL to another path.`;
    const user = processUser();
    return `permission denied: the ${kind} ${name} must be readable and writable for user ${user} (it belongs to ${statSync(name).uid}). Give it to that user (chown ${user} ${name}), or run the router as the one it belongs to.`;
  }
}

/** The folder itself, or the nearest one above it that is there. */
function nearestExisting(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : nearestExisting(dirname(folder));
}
