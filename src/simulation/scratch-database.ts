import { Kysely, sql, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import Libsql from 'libsql';
import { migrate } from '../storage/migrate.js';
import type { Database } from '../storage/schema.js';

/** How much of the database stays in memory, in KB; what is above lies in a file without a name. */
const cacheKilobytes = 32 * 1024;
/** How many prepared statements are kept. */
const statementsKept = 300;

/** An empty database for one process. Emptying it again costs a small part of opening another one. */
export class ScratchDatabase {
  private constructor(
    readonly db: Kysely<Database>,
    private readonly tables: readonly string[],
  ) {}

  static async open(): Promise<ScratchDatabase> {
    // SQLite's temporary database: in memory, and beyond its cache in a file that is gone when it is closed.
    const database = new Libsql('');
    database.pragma('synchronous = OFF');
    database.pragma(`cache_size = -${cacheKilobytes}`);
    const db = new Kysely<Database>({
      dialect: new SqliteDialect({ database: keepingStatements(database as unknown as SqliteDatabase) }),
    });
    await migrate(db);
    const tables = await db.introspection.getTables();
    return new ScratchDatabase(
      db,
      tables.map(({ name }) => name),
    );
  }

  async clear(): Promise<void> {
    for (const table of this.tables) await sql`delete from ${sql.table(table)}`.execute(this.db);
  }

  async close(): Promise<void> {
    await this.db.destroy();
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
