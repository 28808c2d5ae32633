import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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

/** A database that nothing is connected to. */
export interface EmptyDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

/** The databases that the storage tests run on, each new and empty whenever it is opened. */
export const databases: readonly { readonly name: string; open(): Promise<TestDatabase> }[] = [
  { name: 'SQLite', open: async () => connected(await migratedSqlite()) },
  { name: 'PostgreSQL', open: async () => connected(await migratedPostgres()) },
];

/** The same without tables. */
export const emptyDatabases: readonly { readonly name: string; create(): Promise<EmptyDatabase> }[] = [
  { name: 'SQLite', create: emptySqlite },
  { name: 'PostgreSQL', create: emptyPostgres },
];

let sqliteTemplate: Promise<Buffer> | undefined;

/** A copy of one that was brought to the newest schema, which takes a small part of the time of doing it again. */
async function migratedSqlite(): Promise<EmptyDatabase> {
  sqliteTemplate ??= sqliteFile();
  const database = await emptySqlite();
  await writeFile(database.url.slice('sqlite:'.length), await sqliteTemplate);
  return database;
}

async function sqliteFile(): Promise<Buffer> {
  const { url, remove } = await emptySqlite();
  await migrateAt(url);
  const content = await readFile(url.slice('sqlite:'.length));
  await remove();
  return content;
}

/** The same on PostgreSQL, where all test files of a run share the database that is copied. */
async function migratedPostgres(): Promise<EmptyDatabase> {
  const server = await postgresServer();
  postgresTemplate ??= createTemplate(server);
  return createPostgres(server, ` template ${await postgresTemplate}`);
}

let postgresTemplate: Promise<string> | undefined;

async function createTemplate(server: string): Promise<string> {
  const name = `alert_router_template_${await schemaHash()}`;
  const client = new Client({ connectionString: server, database: 'postgres' });
  await client.connect();
  try {
    await client.query(`select pg_advisory_lock(hashtext('alert-router-template'))`);
    const found = await client.query('select from pg_database where datname = $1', [name]);
    if (found.rowCount === 0) {
      await client.query(`create database ${name}_new`);
      await migrateAt(urlOf(server, `${name}_new`));
      await client.query(`alter database ${name}_new rename to ${name}`);
    }
  } finally {
    await client.end();
  }
  return name;
}

/** Of the migrations as they are written: a server that outlives the run may have a template of other ones. */
async function schemaHash(): Promise<string> {
  const folder = new URL('../../src/storage/database/migrations/', import.meta.url);
  const hash = createHash('sha256');
  for (const file of (await readdir(folder)).toSorted()) hash.update(await readFile(new URL(file, folder)));
  return hash.digest('hex').slice(0, 12);
}

async function migrateAt(url: string): Promise<void> {
  const db = openDatabase(url);
  await migrate(db);
  await db.destroy();
}

async function emptySqlite(): Promise<EmptyDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'alert-router-storage-'));
  return {
    url: `sqlite:${join(folder, 'router.db')}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A PostgreSQL database of its own, which several replicas may share. */
export async function emptyPostgres(): Promise<EmptyDatabase> {
  return createPostgres(await postgresServer());
}

async function createPostgres(server: string, template = ''): Promise<EmptyDatabase> {
  const name = `alert_router_${randomUUID().replaceAll('-', '')}`;
  await onServer(server, `create database ${name}${template}`);
  return { url: urlOf(server, name), remove: () => onServer(server, `drop database ${name}`) };
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = database;
  return url.href;
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

function connected({ url, remove }: EmptyDatabase): TestDatabase {
  let db = openDatabase(url);
  return {
    url,
    get db() {
      return db;
    },
    async reopen() {
      await db.destroy();
      db = openDatabase(url);
    },
    async close() {
      await db.destroy();
      await remove();
    },
  };
}
