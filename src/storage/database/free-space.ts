import { sql, type Kysely } from 'kysely';
import type Libsql from 'libsql';
import { isPostgres } from './dialect.js';
import type { Database } from './schema.js';

/** A file of at most so many pages, which are 4 KiB each, is written anew when it is opened: that takes a second or two. */
const pagesRewritten = 16_384;
/** So many free pages stay, for what is stored next. */
const pagesKept = 256;
const pagesAtOnce = 500;

/**
 * Makes SQLite able to give the space of deleted rows back, which it has to be told before the first table is made. A file
 * of an earlier version is written anew, unless it is large; docs/operations.md says how to do that by hand.
 */
export function allowFreeSpace(database: Libsql.Database): void {
  const [mode] = database.pragma('auto_vacuum') as readonly { readonly auto_vacuum: number }[];
  if (mode?.auto_vacuum !== 0) return;
  database.pragma('auto_vacuum = INCREMENTAL');
  const [size] = database.pragma('page_count') as readonly { readonly page_count: number }[];
  const pages = size?.page_count ?? 0;
  if (pages > 0 && pages <= pagesRewritten) database.exec('vacuum');
}

/**
 * Gives a part of the space that deleted rows have left in a SQLite file back to the file system, and says whether more is
 * left to give. PostgreSQL uses such space again by itself.
 *
 * @param kept how many free pages stay in the file
 */
export async function returnFreeSpace(db: Kysely<Database>, kept = pagesKept): Promise<boolean> {
  if (isPostgres(db)) return false;
  const { rows } = await sql<{ freelist_count: number }>`pragma freelist_count`.execute(db);
  const free = (rows[0]?.freelist_count ?? 0) - kept;
  if (free <= 0) return false;
  const pages = Math.min(free, pagesAtOnce);
  await db
    .transaction()
    .execute((transaction) => sql`pragma incremental_vacuum(${sql.lit(pages)})`.execute(transaction));
  return free > pagesAtOnce;
}
