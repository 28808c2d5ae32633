import { sql, type Kysely } from 'kysely';
import { migrate } from '../storage/migrate.js';
import { openDatabase } from '../storage/open-database.js';
import type { Database } from '../storage/schema.js';

/** An empty database in memory. Emptying it again costs a small part of opening another one. */
export class ScratchDatabase {
  private constructor(
    readonly db: Kysely<Database>,
    private readonly tables: readonly string[],
  ) {}

  static async open(): Promise<ScratchDatabase> {
    const db = openDatabase('sqlite::memory:');
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
