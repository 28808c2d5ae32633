import type { Kysely } from 'kysely';

/** A table more, which hinders no older version. */
export const oldest = 5;

/** Presses of buttons in Slack that were acted on, until their signature is too old to be taken once more. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('slack_clicks')
    .addColumn('signature', 'text', (column) => column.primaryKey())
    .addColumn('taken_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('slack_clicks_by_time').on('slack_clicks').column('taken_at').execute();
}
