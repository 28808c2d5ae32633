import {
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type SqliteDatabase,
} from 'kysely';
import type Libsql from 'libsql';
import { inBatches } from '../../app/batches.js';
import { keepingStatements } from './kept-statements.js';
import { LibsqlConnection } from './libsql-connection.js';

/** How long a statement waits for another process that writes, in ms. A batch has twice this time. */
const defaultPatienceMs = 5_000;

/** SQLite in the process itself, which leaves the event loop to others now and then. */
export class LibsqlDialect extends SqliteDialect {
  /** @param path of the database file, for errors. */
  constructor(
    private readonly database: Libsql.Database,
    private readonly path: string,
    private readonly patienceMs = defaultPatienceMs,
  ) {
    super({ database: database as unknown as SqliteDatabase });
  }

  override createDriver(): Driver {
    return new LibsqlDriver(this.database, this.path, this.patienceMs);
  }

  override createAdapter(): DialectAdapter {
    return new LibsqlAdapter();
  }
}

/** Migrations run in one transaction, so that a full disk or a crash leaves none of them half done. */
class LibsqlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class LibsqlDriver extends SqliteDriver {
  private connection: LibsqlConnection | undefined;

  constructor(
    private readonly database: Libsql.Database,
    private readonly path: string,
    private readonly patienceMs: number,
  ) {
    super({ database: keepingStatements(database as unknown as SqliteDatabase) });
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const statements = await super.acquireConnection();
    return (this.connection ??= new LibsqlConnection(statements, this.database, {
      path: this.path,
      patienceMs: this.patienceMs,
      pause: inBatches(),
    }));
  }

  override async beginTransaction(): Promise<void> {
    await this.connection?.begin();
  }

  override async commitTransaction(): Promise<void> {
    await this.connection?.commit();
  }

  override async rollbackTransaction(): Promise<void> {
    this.connection?.rollback();
  }

  override async destroy(): Promise<void> {
    this.emptyLog();
    await super.destroy();
  }

  /** Brings what was committed last from the write-ahead log into the file, so that a copy of that one file has all of it. */
  private emptyLog(): void {
    try {
      this.database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // It is on disk all the same, and the next start reads it out of the log.
    }
  }
}
