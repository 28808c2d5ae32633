import { setTimeout as wait } from 'node:timers/promises';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type Libsql from 'libsql';
import LibsqlPromise from 'libsql/promise';
import { isBusy, namedFailure } from './sqlite-failure.js';

/** Both of libsql's classes hold the same connection, so that what one of them does in the background works for the other. */
const executeAside = LibsqlPromise.prototype.exec as (this: Libsql.Database, sql: string) => Promise<void>;

/** How long the first and the later pauses are while another process writes, in ms. */
const [firstPauseMs, longestPauseMs] = [2, 50];

/** What has a row for each step of its work, which libsql would begin and leave open, so that no transaction could end. */
const stepwise = /^\s*pragma\s+incremental_vacuum\b/i;

const readsOnly = /^\s*(?:select|pragma|explain)\b/i;

export interface LibsqlConnectionOptions {
  /** Of the database file, for errors. */
  readonly path: string;
  /** How long it waits for another process that writes, in ms. */
  readonly patienceMs: number;
  /** Called before each statement. */
  readonly pause: () => Promise<void>;
}

/**
 * The one connection to a SQLite file. It waits for the disk and for other processes without stopping the event loop.
 *
 * Every write has the file's write lock before it runs: libsql does not reset a statement with `returning` that meets a
 * lock, and as long as such a statement is open, nothing that the connection writes is committed.
 */
export class LibsqlConnection implements DatabaseConnection {
  private transacting = false;

  constructor(
    private readonly statements: DatabaseConnection,
    private readonly database: Libsql.Database,
    private readonly options: LibsqlConnectionOptions,
  ) {}

  /** @throws SqliteFailure when another process has been writing for too long. */
  async begin(): Promise<void> {
    const until = performance.now() + this.options.patienceMs;
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(longestPauseMs, pauseMs * 2)) {
      try {
        this.database.exec('begin immediate');
        this.transacting = true;
        return;
      } catch (error) {
        if (!isBusy(error) || performance.now() > until) throw this.named(error);
      }
      await wait(pauseMs);
    }
  }

  /** Waits for the disk in another thread. */
  async commit(): Promise<void> {
    try {
      await executeAside.call(this.database, 'commit');
    } catch (error) {
      throw this.named(error);
    }
    this.transacting = false;
  }

  /** SQLite has ended the transaction by itself when the disk was full or failed. */
  rollback(): void {
    this.transacting = false;
    if (this.database.inTransaction) this.database.exec('rollback');
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await this.options.pause();
    if (this.transacting) return this.executeWithin(query);
    if (query.query.kind === 'SelectQueryNode' || readsOnly.test(query.sql)) return this.execute(query);
    await this.begin();
    try {
      const result = await this.execute<R>(query);
      await this.commit();
      return result;
    } catch (error) {
      this.rollback();
      throw error;
    }
  }

  streamQuery<R>(query: CompiledQuery, chunkSize?: number): AsyncIterableIterator<QueryResult<R>> {
    return this.statements.streamQuery(query, chunkSize as number);
  }

  /** What follows the end of a transaction that SQLite has taken back would be committed on its own. */
  private async executeWithin<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    if (!this.database.inTransaction) throw new Error('the transaction was taken back after an error');
    return this.execute(query);
  }

  private async execute<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    try {
      if (stepwise.test(query.sql)) {
        this.database.exec(query.sql);
        return { rows: [] };
      }
      return await this.statements.executeQuery(query);
    } catch (error) {
      throw this.named(error);
    }
  }

  private named(error: unknown): unknown {
    return namedFailure(error, this.options.path);
  }
}
