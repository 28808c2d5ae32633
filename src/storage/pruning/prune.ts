import { sql, type Kysely } from 'kysely';
import { isPostgres, skipLocked } from '../database/dialect.js';
import type { Database } from '../database/schema.js';
import { deleteHistory } from '../outbox/state-history.js';

/** Before which moment (ms since the epoch) each kind of row has served its time. */
export interface PruneBefore {
  readonly seenEvents: number;
  readonly throttles: number;
  readonly delivered: number;
  readonly dead: number;
}

/** How many rows one statement deletes, so that a prune never holds up a batch for long. The oldest go first, which also lets every planner see which index finds them. */
const batchRows = 200;

/** Deletes one batch of each kind of expired row, and says whether more is left. Waiting messages are never touched. */
export async function pruneBatch(db: Kysely<Database>, before: PruneBefore): Promise<boolean> {
  const deleted = [
    await deleteSeenEvents(db, before.seenEvents),
    await deleteDeliveries(db, 'delivered', before.delivered),
    await deleteDeliveries(db, 'dead', before.dead),
    await deleteSuppressedAlerts(db, before.delivered),
    await deleteThrottles(db, before.throttles),
    await deleteEndedSilences(db, before.delivered),
  ];
  return deleted.some((count) => count >= batchRows);
}

async function deleteSeenEvents(db: Kysely<Database>, before: number): Promise<number> {
  const expired = db
    .selectFrom('seen_events')
    .select('log_id')
    .where('seen_at', '<', before)
    .orderBy('seen_at')
    .limit(batchRows)
    .$if(isPostgres(db), skipLocked);
  const { numDeletedRows } = await db
    .deleteFrom('seen_events')
    .where('log_id', 'in', expired)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function deleteDeliveries(
  db: Kysely<Database>,
  status: 'delivered' | 'dead',
  before: number,
): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('deliveries')
      .select('id')
      .where('status', '=', status)
      .where('finished_at', '<', before)
      .orderBy('finished_at')
      .limit(batchRows)
      .execute();
    const ids = rows.map((row) => row.id);
    if (ids.length === 0) return 0;
    const alerts = tx.selectFrom('alerts').select('id').where('delivery_id', 'in', ids).limit(batchRows);
    const deleted = await tx.deleteFrom('alerts').where('id', 'in', alerts).executeTakeFirstOrThrow();
    // A digest can show any number of alerts, so that its own row is deleted with the last of them.
    const empty = await tx
      .deleteFrom('deliveries')
      .where('id', 'in', ids)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('alerts').select('alerts.id').whereRef('delivery_id', '=', 'deliveries.id'))),
      )
      .executeTakeFirstOrThrow();
    await deleteHistory(tx, ids);
    return Number(deleted.numDeletedRows + empty.numDeletedRows);
  });
}

async function deleteSuppressedAlerts(db: Kysely<Database>, before: number): Promise<number> {
  const expired = db
    .selectFrom('alerts')
    .select('id')
    .where('delivery_id', 'is', null)
    .where('created_at', '<', before)
    .orderBy('created_at')
    .limit(batchRows)
    .$if(isPostgres(db), skipLocked);
  const { numDeletedRows } = await db
    .deleteFrom('alerts')
    .where('id', 'in', expired)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

async function deleteEndedSilences(db: Kysely<Database>, before: number): Promise<number> {
  const ended = db
    .selectFrom('silences')
    .select('id')
    .where('ended_at', '<', before)
    .limit(batchRows)
    .$if(isPostgres(db), skipLocked);
  const { numDeletedRows } = await db
    .deleteFrom('silences')
    .where('id', 'in', ended)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Periods that are over and have no summary due. */
async function deleteThrottles(db: Kysely<Database>, before: number): Promise<number> {
  const expired = db
    .selectFrom('throttles')
    .select(['rule', 'key'])
    .where(sql<boolean>`suppressed = 0`)
    .where('summary_at', '<', before)
    .orderBy('summary_at')
    .limit(batchRows)
    .$if(isPostgres(db), skipLocked);
  const { numDeletedRows } = await db
    .deleteFrom('throttles')
    .where((eb) => eb(eb.refTuple('rule', 'key'), 'in', expired.$asTuple('rule', 'key')))
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}
