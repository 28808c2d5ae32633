import { sql, type Kysely, type RawBuilder } from 'kysely';
import { isPostgres } from './dialect.js';
import type { Database } from './schema.js';

/** The columns of rows that travel as one JSON parameter, with their type in both databases. */
type Columns = Readonly<Record<string, 'text' | 'bigint'>>;

/**
 * The rows as a table to select from, bound as one parameter whatever their number, so that the statement has the same
 * text each time and is prepared once.
 */
export function jsonRows(
  db: Kysely<Database>,
  columns: Columns,
  rows: readonly Readonly<Record<string, string | number | null>>[],
): RawBuilder<unknown> {
  const json = JSON.stringify(rows);
  const names = Object.entries(columns);
  if (isPostgres(db)) {
    const types = names.map(([name, type]) => `${name} ${type}`).join(', ');
    return sql`(select * from jsonb_to_recordset(${json}::jsonb) as rows (${sql.raw(types)}))`;
  }
  const values = names.map(([name]) => `value ->> '${name}' as ${name}`).join(', ');
  return sql`(select ${sql.raw(values)} from json_each(${json}))`;
}

/** How many rows one statement writes: far below the 32,766 parameters that SQLite takes. */
const rowsPerStatement = 500;

/** Cuts rows into lists small enough for one statement each. */
export function chunks<T>(rows: readonly T[]): T[][] {
  const lists: T[][] = [];
  for (let from = 0; from < rows.length; from += rowsPerStatement)
    lists.push(rows.slice(from, from + rowsPerStatement));
  return lists;
}
