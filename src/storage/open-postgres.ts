import { Logger } from '@nestjs/common';
import { Kysely, PostgresDialect } from 'kysely';
import { Pool, types } from 'pg';
import type { Database } from './schema.js';

/** What every connection to PostgreSQL is opened with. Times are in ms. */
export const connectionOptions = {
  application_name: 'alert-router',
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
} as const;

const { INT8 } = types.builtins;
type GetTypeParser = typeof types.getTypeParser;

/** Times and counts are bigint columns, whose values stay far below 2^53; `pg` would give them as text. */
const getTypeParser = ((oid: number, format?: 'text') =>
  oid === INT8 ? Number : types.getTypeParser(oid, format)) as GetTypeParser;

/** Opens a pool of connections to the database that a `postgres://` URL names. Nothing is connected before it is used. */
export function openPostgres(url: string): Kysely<Database> {
  const pool = new Pool({
    ...connectionOptions,
    connectionString: url,
    max: 10,
    // A batch that can't be written in time is refused, so that Auth0 sends it again.
    statement_timeout: 15_000,
    // A replica that stands still must not keep the others waiting for what it has locked.
    idle_in_transaction_session_timeout: 10_000,
    types: { getTypeParser },
  });
  // The loss of a connection that nobody uses; the pool makes a new one when it is needed.
  pool.on('error', (error) => new Logger('PostgreSQL').warn(`a connection was lost: ${error.message}`));
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}
