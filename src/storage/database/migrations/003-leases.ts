import type { Kysely } from 'kysely';

/** Which replica delivers to a channel, and until when it does unless it renews that. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('channel_leases')
    .addColumn('channel', 'text', (column) => column.primaryKey())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .execute();
}
