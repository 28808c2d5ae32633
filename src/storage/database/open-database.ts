import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely } from 'kysely';
import Libsql from 'libsql';
import { allowFreeSpace } from './free-space.js';
import { LibsqlDialect } from './libsql-dialect.js';
import { openPostgres } from './open-postgres.js';
import { QueryWatch } from './query-watch.js';
import type { Database } from './schema.js';

/** Opens the database that a `postgres://` or `sqlite:path` URL names. */
export function openDatabase(url: string, watch = new QueryWatch()): Kysely<Database> {
  const path = sqlitePath(url);
  return path === undefined ? openPostgres(url, watch) : openSqlite(path, watch);
}

/** The path that `sqlite:path` or `sqlite://path` names, relative unless it begins with a slash; `:memory:` keeps nothing. */
export function sqlitePath(url: string): string | undefined {
  return url.startsWith('sqlite:') ? url.replace(/^sqlite:(\/\/)?/, '') : undefined;
}

/** Opens a database file, creating it and its folder where they are missing. */
function openSqlite(path: string, watch: QueryWatch): Kysely<Database> {
  if (path !== ':memory:') mkdirSync(dirname(resolve(path)), { recursive: true });
  const database = new Libsql(path);
  // At the start alone it may stop the event loop while it waits for another process.
  database.pragma('busy_timeout = 5000');
  allowFreeSpace(database);
  // What is deleted is overwritten where that costs no write of its own.
  database.pragma('secure_delete = FAST');
  // A commit is on disk when it returns: with WAL that takes synchronous=FULL.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  // In KiB. A batch of many new keys changes pages all over the tables, more than the 2 MB that SQLite keeps by itself.
  database.pragma('cache_size = -8000');
  database.pragma('busy_timeout = 0');
  return new Kysely<Database>({
    dialect: new LibsqlDialect(database, path),
    log: ({ level, queryDurationMillis }) => watch.ran(queryDurationMillis, level === 'error'),
  });
}
