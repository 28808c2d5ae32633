import { Logger } from '@nestjs/common';
import { Kysely, PostgresDialect, type PostgresPool } from 'kysely';
import type { Pool, PoolClient, PoolConfig, types } from 'pg';
import { Outage } from '../../app/outage.js';
import { isConnectionFailure } from './connection-failure.js';
import { libpqUrl } from './libpq-url.js';
import { namingStatements } from './named-statements.js';
import { QueryWatch } from './query-watch.js';
import type { Database } from './schema.js';

/** What every connection to PostgreSQL is opened with. Times are in ms. */
export const connectionOptions = {
  application_name: 'alert-router',
  connectionTimeoutMillis: 5_000,
  keepAlive: true,
  // Node asks ten times more, a second apart, before it takes the other end for gone.
  keepAliveInitialDelayMillis: 10_000,
} as const;

/** What work on the database is done with. */
const workOptions: PoolConfig = {
  max: 10,
  // A batch that can't be written in time is refused, so that Auth0 sends it again. The server ends a statement first;
  // the client's own limit is for a server or a network that answers nothing at all.
  statement_timeout: 15_000,
  query_timeout: 20_000,
  // A transaction that has waited so long for another's row is run again (retry-conflicts.ts).
  lock_timeout: 4_000,
  // A replica that has frozen must not keep the others waiting for what it has locked.
  idle_in_transaction_session_timeout: 10_000,
};

/**
 * What migrations are done with: an index on a large table may take minutes, and so may the wait for another replica
 * that makes it.
 */
const migrationOptions: PoolConfig = { max: 1 };

type GetTypeParser = typeof types.getTypeParser;

/** Opens a pool of connections to the database that a `postgres://` URL names. Nothing is connected before it is used. */
export function openPostgres(url: string, watch: QueryWatch): Kysely<Database> {
  return open(url, workOptions, watch);
}

/** Opens one connection to it whose statements may take any time. */
export function openPostgresToMigrate(url: string): Kysely<Database> {
  return open(url, migrationOptions, new QueryWatch());
}

function open(url: string, options: PoolConfig, watch: QueryWatch): Kysely<Database> {
  const connections = new Connections();
  return new Kysely<Database>({
    dialect: new PostgresDialect({ pool: async () => connections.watch(await createPool(url, options)) }),
    log: (event) => {
      watch.ran(event.queryDurationMillis, event.level === 'error');
      if (event.level === 'error') connections.failed(event.error);
      else connections.worked();
    },
  });
}

/** Loads `pg`, which a service on SQLite does without. */
async function createPool(url: string, options: PoolConfig): Promise<Pool> {
  const pg = await import('pg');
  // Times and counts are bigint columns, whose values stay far below 2^53; `pg` would give them as text.
  const getTypeParser = ((oid: number, format?: 'text') =>
    oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) as GetTypeParser;
  return new pg.Pool({
    ...connectionOptions,
    ...options,
    connectionString: libpqUrl(url),
    types: { getTypeParser },
  });
}

/** Reports the connections of a pool that are lost, and closes those that can't be used any more. */
class Connections {
  private readonly open = new Set<PoolClient>();
  private readonly outage = new Outage(
    new Logger('PostgreSQL'),
    'The database fails, and what needs it is tried again until it answers',
    'The database answers again',
  );

  watch(pool: Pool): PostgresPool {
    pool.on('connect', (client) => {
      this.open.add(client);
      // A connection that is lost while it is in use reports the error to its own listeners, too, and Node ends the process
      // when there are none. The statement that was running fails with the same error, which is reported there.
      client.on('error', () => undefined);
    });
    pool.on('remove', (client) => this.open.delete(client));
    // The loss of an idle connection; the pool makes a new one when it is needed.
    pool.on('error', (error) => this.failed(error));
    return {
      connect: async () => {
        try {
          return namingStatements(await pool.connect());
        } catch (error) {
          this.failed(error);
          throw error;
        }
      },
      end: () => pool.end(),
    };
  }

  worked(): void {
    this.outage.worked();
  }

  failed(error: unknown): void {
    if (!isConnectionFailure(error)) return;
    this.outage.failed(error);
    if (error instanceof Error && error.message === 'Query read timeout') this.closeAll();
  }

  /**
   * After a failover the old connections stay open and never answer. The pool would give each of them out again and
   * wait for the same timeout, so that it takes minutes until all have been replaced.
   */
  private closeAll(): void {
    for (const { connection } of this.open) connection.stream.destroy();
    this.open.clear();
  }
}
