import type { Kysely } from 'kysely';
import { isPostgres, skipLocked } from '../database/dialect.js';
import { chunks } from '../database/rows.js';
import type { Database } from '../database/schema.js';

/** How many keys one transaction forgets at most. */
const evictionRows = 1_000;

/** Forgets the keys of a window used least recently, beyond `maxKeys`. Those that a transaction uses just now stay. */
export async function evictKeys(
  db: Kysely<Database>,
  windowId: string,
  maxKeys: number,
): Promise<{ readonly keys: number; readonly evicted: number }> {
  const { count } = await db
    .selectFrom('window_keys')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('window_id', '=', windowId)
    .executeTakeFirstOrThrow();
  const keys = Number(count);
  if (keys <= maxKeys) return { keys, evicted: 0 };
  const oldest = await db
    .selectFrom('window_keys')
    .select('id')
    .where('window_id', '=', windowId)
    .orderBy('used_at')
    .orderBy('id')
    .limit(Math.min(keys - maxKeys, evictionRows))
    .$if(isPostgres(db), skipLocked)
    .execute();
  for (const chunk of chunks(oldest.map(({ id }) => id))) {
    await db.deleteFrom('window_keys').where('id', 'in', chunk).execute();
    await db.deleteFrom('window_events').where('key_id', 'in', chunk).execute();
  }
  return { keys, evicted: oldest.length };
}
