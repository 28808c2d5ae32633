import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql, SqliteDialect, type SqliteDatabase } from 'kysely';
import Libsql from 'libsql';
import { keepingStatements } from '../storage/database/kept-statements.js';
import { migrate } from '../storage/database/migrate.js';
import type { Database } from '../storage/database/schema.js';
import { Ids } from '../domain/stores.js';

/** How much of a database on disk stays in memory, in KB. */
const cacheKilobytes = 32 * 1024;

/** An empty database for one process. Emptying it again costs a small part of opening another one. */
export class ScratchDatabase {
  private constructor(
    readonly db: Kysely<Database>,
    private readonly tables: readonly string[],
    private readonly folder: string | undefined,
  ) {}

  /** In memory, or for as much as may come in a temporary file, which is gone when it is closed. */
  static async open(where: 'memory' | 'disk' = 'memory'): Promise<ScratchDatabase> {
    const folder = where === 'disk' ? await mkdtemp(join(tmpdir(), 'alert-router-')) : undefined;
    const database = new Libsql(folder === undefined ? ':memory:' : join(folder, 'scratch.db'));
    // Nothing of it is needed after a crash.
    database.pragma('synchronous = OFF');
    database.pragma('journal_mode = MEMORY');
    database.pragma(`cache_size = -${cacheKilobytes}`);
    const db = new Kysely<Database>({
      dialect: new SqliteDialect({ database: keepingStatements(database as unknown as SqliteDatabase) }),
    });
    await migrate(db);
    // An open file lives on without its name, so that nothing is left behind however the process ends.
    if (folder !== undefined) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    const tables = await db.introspection.getTables();
    return new ScratchDatabase(
      db,
      tables.map(({ name }) => name),
      folder,
    );
  }

  async clear(): Promise<void> {
    for (const table of this.tables) await sql`delete from ${sql.table(table)}`.execute(this.db);
  }

  async close(): Promise<void> {
    await this.db.destroy();
    // Where an open file can't be removed, it still is there.
    if (this.folder !== undefined) await rm(this.folder, { recursive: true, force: true });
  }
}

/** Ids for a database that has no other writer: numbers, which sort as text in the order they were made. */
export class SequentialIds extends Ids {
  private made = 0;

  override next(): string {
    this.made += 1;
    return String(this.made).padStart(15, '0');
  }
}
