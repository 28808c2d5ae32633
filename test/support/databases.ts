import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { migrate } from '../../src/storage/migrate.js';
import { openDatabase } from '../../src/storage/open-database.js';
import type { Database } from '../../src/storage/schema.js';

export interface TestDatabase {
  /** At the newest schema. Another one after `reopen`. */
  readonly db: Kysely<Database>;
  /** Closes the connection and opens the same database again, as a restart does. */
  reopen(): Promise<void>;
  /** Closes the connection and leaves nothing behind. */
  close(): Promise<void>;
}

/** The databases that the storage tests run on, each new and empty whenever it is opened. */
export const databases: readonly { readonly name: string; open(): Promise<TestDatabase> }[] = [
  { name: 'SQLite', open: openSqlite },
];

async function openSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'alert-router-storage-'));
  const url = `sqlite:${join(folder, 'router.db')}`;
  let db = await connect(url);
  return {
    get db() {
      return db;
    },
    async reopen() {
      await db.destroy();
      db = await connect(url);
    },
    async close() {
      await db.destroy();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connect(url: string): Promise<Kysely<Database>> {
  const db = openDatabase(url);
  await migrate(db);
  return db;
}
