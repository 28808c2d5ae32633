import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Kysely } from 'kysely';
import { Client } from 'pg';
import { migrate } from '../../src/storage/database/migrate.js';
import { openDatabase } from '../../src/storage/database/open-database.js';
import type { Database } from '../../src/storage/database/schema.js';
import { postgresServer } from './postgres-server.js';

export interface TestDatabase {
  readonly url: string;
  /** At the newest schema. Another one after `reopen`. */
  readonly db: Kysely<Database>;
  /** Closes the connection and opens the same database again, as a restart does. */
  reopen(): Promise<void>;
  /** Closes the connection and leaves nothing behind. */
  close(): Promise<void>;
}

/** A database without tables. */
export interface EmptyDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** The databases that the storage tests run on, each new and empty whenever it is opened. */
export const databases: readonly { readonly name: string; open(): Promise<TestDatabase> }[] = [
  { name: 'SQLite', open: async () => connected(await emptySqlite()) },
  { name: 'PostgreSQL', open: async () => connected(await emptyPostgres()) },
];

/** The same without tables. */
export const emptyDatabases: readonly { readonly name: string; create(): Promise<EmptyDatabase> }[] = [
  { name: 'SQLite', create: emptySqlite },
  { name: 'PostgreSQL', create: emptyPostgres },
];

async function emptySqlite(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'alert-router-storage-'));
  return {
    url: `sqlite:${join(folder, 'router.db')}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A PostgreSQL database of its own, which several replicas may share. */
export async function emptyPostgres(): Promise<EmptyDatabase> {
  const server = await postgresServer();
  const name = `alert_router_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(server);
  url.pathname = name;
  await onServer(server, `create database ${name}`);
  return { url: url.href, remove: () => onServer(server, `drop database ${name}`) };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: server, database: 'postgres' });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

async function connected({ url, remove }: EmptyDatabase): Promise<TestDatabase> {
  const connect = async (): Promise<Kysely<Database>> => {
    const opened = openDatabase(url);
    await migrate(opened);
    return opened;
  };
  let db = await connect();
  return {
    url,
    get db() {
      return db;
    },
    async reopen() {
      await db.destroy();
      db = await connect();
    },
    async close() {
      await db.destroy();
      await remove();
    },
  };
}
