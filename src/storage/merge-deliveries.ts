import type { Kysely, SelectQueryBuilder } from 'kysely';
import { isPostgres } from './dialect.js';
import type { Database } from './schema.js';

/** How many deliveries one transaction merges, so that no batch waits long for the database. */
const biteRows = 100;

/**
 * Messages of the channel that are due and that no attempt has been made on: nobody has seen them, so they may become
 * one message: those of the channel itself, or those of one thread.
 */
export function mergeable(
  db: Kysely<Database>,
  channel: string,
  now: number,
  threadOf: string | null,
): SelectQueryBuilder<Database, 'deliveries', object> {
  return db
    .selectFrom('deliveries')
    .where('channel', '=', channel)
    .where('status', '=', 'pending')
    .where('attempts', '=', 0)
    .where('notice', 'is', null)
    .where('thread_of', threadOf === null ? 'is' : '=', threadOf)
    .where('next_at', '<=', now);
}

/**
 * Merges what is mergeable into the oldest of them, which then shows all their alerts; those of each thread on their own. Each bite is a transaction: a
 * crash in between leaves every alert with exactly one delivery.
 */
export async function mergeDeliveries(db: Kysely<Database>, channel: string, now: number): Promise<void> {
  const threads = await db
    .selectFrom('deliveries')
    .select('thread_of')
    .distinct()
    .where('channel', '=', channel)
    .where('status', '=', 'pending')
    .execute();
  for (const { thread_of } of threads) {
    const oldest = await mergeable(db, channel, now, thread_of)
      .select('id')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst();
    if (oldest === undefined) continue;
    while ((await mergeBite(db, oldest.id, channel, now, thread_of)) === biteRows);
  }
}

function mergeBite(
  db: Kysely<Database>,
  into: string,
  channel: string,
  now: number,
  threadOf: string | null,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await mergeable(tx, channel, now, threadOf)
      .select('id')
      .where('id', '>', into)
      .orderBy('id')
      .limit(biteRows)
      // A group that another replica's batch is just adding an alert to is left for the next time.
      .$if(isPostgres(tx), (query) => query.forUpdate().skipLocked())
      .execute();
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return 0;
    await tx.updateTable('alerts').set({ delivery_id: into }).where('delivery_id', 'in', ids).execute();
    await tx.deleteFrom('deliveries').where('id', 'in', ids).execute();
    return ids.length;
  });
}
