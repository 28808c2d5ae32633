import { setTimeout as wait } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { isConnectionFailure } from './connection-failure.js';
import { migrate, type MigrateResult } from './migrate.js';
import { openDatabase, sqlitePath } from './open-database.js';
import { openPostgresToMigrate } from './open-postgres.js';
import { openProblem } from './open-problem.js';
import { postgresProblem } from './postgres-problem.js';
import { QueryWatch } from './query-watch.js';
import type { Database } from './schema.js';
import { lockSqlite } from './sqlite-lock.js';

/** A database at the newest schema, for as long as the process runs. */
export interface ConnectedDatabase {
  readonly url: string;
  readonly db: Kysely<Database>;
  readonly queries: QueryWatch;
  close(): Promise<void>;
}

export type ConnectResult =
  | { readonly ok: true; readonly database: ConnectedDatabase }
  /** In words for the person who starts the service. */
  | { readonly ok: false; readonly problem: string };

/** A database server that starts together with the service may take a few seconds more. */
const attempts = 15;
const betweenAttemptsMs = 1_000;

/** PostgreSQL's codes (its appendix A) of what passes by itself, beside failures of the connection. */
const passing = new Set([
  // Two replicas that create the same thing at the same moment.
  '23505',
  '40001',
  '40P01',
  '42P07',
  'XX000',
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
    return { ok: false, problem: path === undefined ? postgresProblem(error) : openProblem(path, error) };
  }
}

async function open(url: string, release: () => void): Promise<ConnectResult> {
  let db: Kysely<Database> | undefined;
  const close = async (): Promise<void> => {
    await db?.destroy();
    release();
  };
  try {
    const queries = new QueryWatch();
    db = openDatabase(url, queries);
    const migrated = await migrateInTime(url, db);
    if (migrated.fits) return { ok: true, database: { url, db, queries, close } };
    await close();
    return { ok: false, problem: migrated.problem };
  } catch (error) {
    await close();
    throw error;
  }
}

async function migrateInTime(url: string, db: Kysely<Database>): Promise<MigrateResult> {
  if (sqlitePath(url) !== undefined) return migrate(db);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await migratePostgres(url);
    } catch (error) {
      const passes = isConnectionFailure(error) || passing.has(String((error as { code?: unknown }).code));
      if (attempt === attempts || !passes) throw error;
      await wait(betweenAttemptsMs);
    }
  }
}

/** On a connection of its own, since a migration may take longer than any other statement. */
async function migratePostgres(url: string): Promise<MigrateResult> {
  const db = openPostgresToMigrate(url);
  try {
    return await migrate(db);
  } finally {
    await db.destroy();
  }
}

function lockedProblem(path: string, lock: string): string {
  return [
    `The database ${path} is in use by another process, which holds ${lock}.`,
    'A SQLite file serves one process. Stop the other one, or set DATABASE_URL to a postgres:// URL to run several replicas.',
  ].join('\n');
}
