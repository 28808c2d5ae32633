import { sql, type Kysely } from 'kysely';
import type { StateHistoryEntry } from '../../domain/alerting/delivery-state.js';
import type { Database } from '../database/schema.js';

/** How many rows one statement deletes. */
const batchRows = 200;

/**
 * Says for each rule whose alerts the message shows how they were handled. From its first change on no alert joins a message,
 * so that the first change counts them. A message in a thread repeats the one above it, and is not counted.
 */
export async function countHandled(
  db: Kysely<Database>,
  id: string,
  { to, resolution, at }: Pick<StateHistoryEntry, 'to' | 'resolution' | 'at'>,
): Promise<void> {
  await db
    .insertInto('handled_alerts')
    .columns(['delivery_id', 'rule', 'raised_at', 'alerts', 'state', 'acknowledged_after'])
    .expression((eb) =>
      eb
        .selectFrom('deliveries')
        .innerJoin('alerts', 'alerts.delivery_id', 'deliveries.id')
        .select((inner) => [
          'deliveries.id',
          'alerts.rule',
          'deliveries.created_at',
          inner.fn.countAll<number>().as('alerts'),
          sql.lit(to).as('state'),
          sql<number>`case when deliveries.created_at < ${sql.lit(at)} then ${sql.lit(at)} - deliveries.created_at else 0 end`.as(
            'acknowledged_after',
          ),
        ])
        .where('deliveries.id', '=', id)
        .where('deliveries.thread_of', 'is', null)
        .groupBy(['deliveries.id', 'alerts.rule', 'deliveries.created_at']),
    )
    .onConflict((conflict) => conflict.columns(['delivery_id', 'rule']).doNothing())
    .execute();
  await db
    .updateTable('handled_alerts')
    .set({ state: to, resolution: resolution ?? null })
    .where('delivery_id', '=', id)
    .execute();
}

/** Deletes some of what was raised before then, and says whether there may be more. */
export async function pruneHandled(db: Kysely<Database>, before: number): Promise<boolean> {
  const old = db
    .selectFrom('handled_alerts')
    .select('delivery_id')
    .where('raised_at', '<', before)
    .orderBy('raised_at')
    .limit(batchRows);
  const { numDeletedRows } = await db
    .deleteFrom('handled_alerts')
    .where('delivery_id', 'in', old)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows) >= batchRows;
}
