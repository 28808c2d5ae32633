import { sql, type Insertable, type Kysely } from 'kysely';
import { openDatabase } from '../../src/storage/database/open-database.js';
import { migrate } from '../../src/storage/database/migrate.js';
import type { AlertsTable, Database, DeliveriesTable } from '../../src/storage/database/schema.js';

const rows = 50_000;
const digests = 5;
const chunk = 500;
const longAgo = Date.now() - 400 * 86_400_000;
/** As long as that of an alert with the default template. */
const content = JSON.stringify({ filler: 'x'.repeat(500) });

/**
 * Fills a new SQLite database with rows that are old enough to be deleted: 50,000 events seen, and as many alerts delivered one a
 * message; and with 50,000 alerts in five digests, which are kept until `expireDigests`.
 */
export async function writeOldRows(url: string): Promise<void> {
  const db = openDatabase(url);
  try {
    await migrate(db);
    for (let from = 0; from < rows; from += chunk) {
      const ids = Array.from({ length: chunk }, (_, index) => String(from + index).padStart(12, '0'));
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto('seen_events')
          .values(ids.map((id) => ({ log_id: `seen-${id}`, seen_at: longAgo })))
          .execute();
        await insertDeliveries(
          tx,
          ids.map((id) => delivered(`single-${id}`, longAgo)),
        );
        await insertAlerts(
          tx,
          ids.map((id) => alert(`single-${id}`, `single-${id}`)),
        );
        const digest = `digest-${Math.floor((from * digests) / rows)}`;
        await insertAlerts(
          tx,
          ids.map((id) => alert(`of-digest-${id}`, digest)),
        );
      });
    }
    const kept = Array.from({ length: digests }, (_, index) => delivered(`digest-${index}`, Date.now()));
    await insertDeliveries(db, kept);
    // All of it into the file itself, which is then copied without its log.
    await sql`pragma wal_checkpoint(truncate)`.execute(db);
  } finally {
    await db.destroy();
  }
}

/** Makes the digests old enough to be deleted as well. */
export async function expireDigests(db: Kysely<Database>): Promise<void> {
  await db.updateTable('deliveries').set({ finished_at: longAgo }).where('id', 'like', 'digest-%').execute();
}

/** How many deliveries are left whose id begins so. */
export async function deliveriesLeft(db: Kysely<Database>, start: 'single' | 'digest'): Promise<number> {
  const { count } = await db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('id', 'like', `${start}-%`)
    .executeTakeFirstOrThrow();
  return Number(count);
}

async function insertDeliveries(
  db: Kysely<Database>,
  values: readonly Insertable<DeliveriesTable>[],
): Promise<void> {
  await db.insertInto('deliveries').values(values).execute();
}

async function insertAlerts(db: Kysely<Database>, values: readonly Insertable<AlertsTable>[]): Promise<void> {
  await db.insertInto('alerts').values(values).execute();
}

function delivered(id: string, finishedAt: number): Insertable<DeliveriesTable> {
  return {
    id,
    channel: 'security',
    status: 'delivered',
    next_at: longAgo,
    created_at: longAgo,
    finished_at: finishedAt,
  };
}

function alert(id: string, deliveryId: string): Insertable<AlertsTable> {
  return {
    id,
    rule: 'rule-0',
    channel: 'security',
    severity: 'medium',
    at: longAgo,
    created_at: longAgo,
    title: 'Wrong password',
    log_ids: JSON.stringify([id]),
    log_id: id,
    reason: '',
    content,
    delivery_id: deliveryId,
    event_type: 'fp',
    user_name: 'user@example.com',
    address: '198.51.100.1',
    application: 'My Application',
  };
}
