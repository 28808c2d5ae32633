import { sql, type Kysely } from 'kysely';

/** An older version follows nothing up, and posts what a newer one left waiting as a notice. */
export const oldest = 6;

/** The cooldowns that alerts of windows began, with the events that arrived since, and the messages that report them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('window_follow_ups')
    .addColumn('key_id', 'text', (column) => column.notNull())
    .addColumn('alert_at', 'bigint', (column) => column.notNull())
    .addColumn('key_text', 'text', (column) => column.notNull())
    .addColumn('alert_ids', 'text', (column) => column.notNull())
    .addColumn('alerted', 'bigint', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addColumn('due_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('window_follow_ups_key', ['key_id', 'alert_at'])
    .execute();
  await db.schema.createIndex('window_follow_ups_by_due').on('window_follow_ups').column('due_at').execute();
  await db.schema.alterTable('deliveries').addColumn('follow_up', 'text').execute();
  await db.schema.alterTable('deliveries').addColumn('follows', 'text').execute();
  await sql`create index deliveries_by_follows on deliveries (follows, id) where follows is not null`.execute(
    db,
  );
}
