import { sql, type Kysely } from 'kysely';

/** An older version leaves the column at its default, and merges whatever waits. */
export const oldest = 6;

/**
 * Which messages are never merged into a digest, those that wait included: of a critical alert, or with a mention. What
 * the alerts of a group have in common, as people read it. And how severe a message is, as a place in `severities`.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('deliveries')
    .addColumn('alone', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.alterTable('deliveries').addColumn('group_text', 'text').execute();
  await db.schema
    .alterTable('deliveries')
    .addColumn('rank', 'integer', (column) => column.notNull().defaultTo(2))
    .execute();
  await sql`
    update deliveries set alone = 1
    where finished_at is null and thread_of is null and exists (
      select 1 from alerts where alerts.delivery_id = deliveries.id
        and (alerts.severity = 'critical' or alerts.content not like '%"mentions":[]%')
    )
  `.execute(db);
}
