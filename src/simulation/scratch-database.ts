import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, sql, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import Libsql from 'libsql';
import { migrate } from '../storage/migrate.js';
import type { Database } from '../storage/schema.js';

/** How much of a database on disk stays in memory, in KB. */
const cacheKilobytes = 32 * 1024;
/** How many prepared statements are kept, and how long they are at most: each keeps the values it was last run with. */
const [statementsKept, longestKept] = [300, 2_000];

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

/** Preparing a statement takes longer than running it, and the pipeline runs the same few again and again. */
function keepingStatements(database: SqliteDatabase): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare(text) {
      const known = kept.get(text);
      if (known !== undefined) return known;
      const statement = database.prepare(text);
      if (text.length > longestKept) return statement;
      if (kept.size >= statementsKept) kept.clear();
      kept.set(text, statement);
      return statement;
    },
    close() {
      kept.clear();
      database.close();
    },
  };
}
