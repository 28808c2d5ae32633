import { sql, type Kysely } from 'kysely';
import type { Database } from '../../src/storage/database/schema.js';

/** How many deadlocks PostgreSQL has ended in the database. Connections report theirs when they are closed at the latest. */
export async function deadlocksOf(db: Kysely<Database>): Promise<number> {
  const { rows } = await sql<{ deadlocks: number }>`
    select deadlocks from pg_stat_database where datname = current_database()
  `.execute(db);
  return Number(rows[0]?.deadlocks);
}
