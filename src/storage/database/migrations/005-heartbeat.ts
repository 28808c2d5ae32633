import type { Kysely } from 'kysely';

/** When the last event arrived: one row, and none as long as there is no heartbeat. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('heartbeat')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('last_event_at', 'bigint', (column) => column.notNull())
    .addColumn('silent_since', 'bigint')
    .execute();
}
