import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { migrate, type MigrateResult } from './migrate.js';
import { openDatabase, sqlitePath } from './open-database.js';
import { openProblem } from './open-problem.js';
import type { Database } from './schema.js';
import { lockSqlite } from './sqlite-lock.js';

/** A database at the newest schema, for as long as the process runs. */
export interface ConnectedDatabase {
  readonly url: string;
  readonly db: Kysely<Database>;
  close(): Promise<void>;
}

export type ConnectResult =
  | { readonly ok: true; readonly database: ConnectedDatabase }
  /** In words for whoever starts the service. */
  | { readonly ok: false; readonly problem: string };

/** A database server that starts together with the service may take a few seconds more. */
const attempts = 15;
const betweenAttemptsMs = 1_000;

/** Node's and PostgreSQL's codes (its appendix A) of what passes by itself. */
const passing = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  // Two replicas that create the same thing at the same moment.
  '23505',
  '40001',
  '40P01',
  '42P07',
  'XX000',
  // Too many connections; shutting down; starting up.
  '53300',
  '57P01',
  '57P03',
]);

/** Opens the database and brings it to the newest schema, alone on it where it is a SQLite file. */
export async function connectDatabase(url: string): Promise<ConnectResult> {
  const path = sqlitePath(url);
  try {
    if (path === undefined || path === ':memory:') return await open(url, () => undefined);
    const lock = lockSqlite(path);
    if (!lock.ok) return { ok: false, problem: lockedProblem(path, lock.file) };
    return await open(url, lock.release);
  } catch (error) {
    const problem =
      path === undefined ? `The database can't be opened: ${wordsOf(error)}` : openProblem(path, error);
    return { ok: false, problem };
  }
}

async function open(url: string, release: () => void): Promise<ConnectResult> {
  let db: Kysely<Database> | undefined;
  const close = async (): Promise<void> => {
    await db?.destroy();
    release();
  };
  try {
    db = openDatabase(url);
    const migrated = await migrateInTime(db);
    if (migrated.fits) return { ok: true, database: { url, db, close } };
    await close();
    return { ok: false, problem: migrated.problem };
  } catch (error) {
    await close();
    throw error;
  }
}

async function migrateInTime(db: Kysely<Database>): Promise<MigrateResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await migrate(db);
    } catch (error) {
      if (attempt === attempts || !passing.has(String((error as { code?: unknown }).code))) throw error;
      await wait(betweenAttemptsMs);
    }
  }
}

function lockedProblem(path: string, lock: string): string {
  return [
    `The database ${path} is in use by another process, which holds ${lock}.`,
    'A SQLite file serves one process. Stop the other one, or set DATABASE_URL to a postgres:// URL to run several replicas.',
  ].join('\n');
}

/** An error of several connection attempts has a code, but no message of its own. */
function wordsOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
