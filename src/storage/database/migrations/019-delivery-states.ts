import { sql, type Kysely } from 'kysely';

/** Versions that know migration 014 may run on the schema after this one. */
export const oldest = 14;

/** Who looks at a message of alerts, how it was resolved, and when it is asked again. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['state', 'state_by', 'resolution', 'state_note', 'silenced'])
    await db.schema.alterTable('deliveries').addColumn(column, 'text').execute();
  for (const column of ['state_at', 'remind_at'])
    await db.schema.alterTable('deliveries').addColumn(column, 'bigint').execute();
  await db.schema
    .alterTable('deliveries')
    .addColumn('reminders', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  await sql`create index deliveries_by_state on deliveries (state, id) where state is not null`.execute(db);
  await sql`create index deliveries_to_remind on deliveries (remind_at) where remind_at is not null`.execute(
    db,
  );
}
