import { sql, type Kysely } from 'kysely';
import { isPostgres } from './dialect.js';
import type { Database } from './schema.js';

/** How many rows of an index SQLite looks at, so that a table of any size takes it a few ms. */
const rowsLookedAt = 400;
/** Of a table or an index with fewer rows nothing is remembered: it may be a hundred times as large an hour later. */
const smallRows = 20_000;

/**
 * Lets SQLite see how its tables are filled, because it plans queries by that: all of them once the database has been
 * opened, later those that have become much larger. PostgreSQL does so by itself.
 */
export async function optimize(db: Kysely<Database>, since: 'opening' | 'last time'): Promise<void> {
  if (isPostgres(db)) return;
  await sql.raw(`pragma analysis_limit = ${rowsLookedAt}`).execute(db);
  await sql.raw(since === 'opening' ? 'analyze' : 'pragma optimize').execute(db);
  // An entry begins with the number of rows.
  await sql`delete from sqlite_stat1 where cast(stat as integer) < ${smallRows}`.execute(db);
  await sql`analyze sqlite_schema`.execute(db);
}
