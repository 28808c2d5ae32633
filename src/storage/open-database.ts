import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import Libsql from 'libsql';
import type { Database } from './schema.js';

/** Opens the database that a `sqlite:path` URL names, creating its folder; the path `:memory:` keeps nothing. */
export function openDatabase(url: string): Kysely<Database> {
  const path = url.replace(/^sqlite:(\/\/(?=\/))?/, '');
  const memory = path === ':memory:';
  if (!memory) mkdirSync(dirname(resolve(path)), { recursive: true });
  const database = new Libsql(path);
  // A commit is on disk when it returns: with WAL that takes synchronous=FULL.
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('busy_timeout = 5000');
  return new Kysely<Database>({
    dialect: new SqliteDialect({ database: database as unknown as SqliteDatabase }),
  });
}
