import { Logger } from '@nestjs/common';
import { Kysely, PostgresDialect } from 'kysely';
import type { Pool, types } from 'pg';
import type { Database } from './schema.js';

/** What every connection to PostgreSQL is opened with. Times are in ms. */
export const connectionOptions = {
  application_name: 'alert-router',
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
} as const;

type GetTypeParser = typeof types.getTypeParser;

/** Opens a pool of connections to the database that a `postgres://` URL names. Nothing is connected before it is used. */
export function openPostgres(url: string): Kysely<Database> {
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool: () => createPool(url) }) });
}

/** Loads `pg`, which a service on SQLite does without. */
async function createPool(url: string): Promise<Pool> {
  const pg = await import('pg');
  // Times and counts are bigint columns, whose values stay far below 2^53; `pg` would give them as text.
  const getTypeParser = ((oid: number, format?: 'text') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as GetTypeParser;
  const pool = new pg.Pool({
    ...connectionOptions,
    connectionString: url,
    max: 10,
    // A batch that can't be written in time is refused, so that Auth0 sends it again. The server ends a statement first;
    // the client's own limit is for a server or a network that answers nothing at all.
    statement_timeout: 15_000,
    query_timeout: 20_000,
    lock_timeout: 10_000,
    // A replica that stands still must not keep the others waiting for what it has locked.
    idle_in_transaction_session_timeout: 10_000,
    types: { getTypeParser },
  });
  // A connection that is lost while it is in use reports the error to its own listeners, too, and Node ends the process
  // when there are none. The statement that was running fails with the same error, which is logged where it is caught.
  pool.on('connect', (client) => client.on('error', () => undefined));
  // The loss of a connection that nobody uses; the pool makes a new one when it is needed.
  pool.on('error', (error) => new Logger('PostgreSQL').warn(`a connection was lost: ${error.message}`));
  return pool;
}
