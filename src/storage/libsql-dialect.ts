import {
  SqliteDialect,
  SqliteDriver,
  type CompiledQuery,
  type DatabaseConnection,
  type Driver,
  type QueryResult,
  type SqliteDatabase,
} from 'kysely';
import type Libsql from 'libsql';
import LibsqlPromise from 'libsql/promise';
import { inBites } from '../system/bites.js';
import { keepingStatements } from './kept-statements.js';

/** Both of libsql's classes hold the same connection, so that what one of them does in the background works for the other. */
const executeAside = LibsqlPromise.prototype.exec as (this: Libsql.Database, sql: string) => Promise<void>;

/** SQLite in the process itself, which leaves the event loop to others now and then. */
export class LibsqlDialect extends SqliteDialect {
  constructor(private readonly database: Libsql.Database) {
    super({ database: database as unknown as SqliteDatabase });
  }

  override createDriver(): Driver {
    return new LibsqlDriver(this.database);
  }
}

class LibsqlDriver extends SqliteDriver {
  private readonly pause = inBites();

  constructor(private readonly database: Libsql.Database) {
    super({ database: keepingStatements(database as unknown as SqliteDatabase) });
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    return new YieldingConnection(await super.acquireConnection(), this.pause);
  }

  /** Waits for the disk in another thread. */
  override async commitTransaction(): Promise<void> {
    await executeAside.call(this.database, 'commit');
  }
}

/** A statement is answered without a turn of the event loop, and any number of them would be. */
class YieldingConnection implements DatabaseConnection {
  constructor(
    private readonly connection: DatabaseConnection,
    private readonly pause: () => Promise<void>,
  ) {}

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await this.pause();
    return this.connection.executeQuery(query);
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.connection.streamQuery(query, chunkSize as number);
  }
}
