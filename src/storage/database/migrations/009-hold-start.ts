import type { Kysely } from 'kysely';

/** An older version leaves the column at its default. */
export const oldest = 6;

/** When a channel's hold was written, so that one that a wrong clock wrote is known by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('channel_states')
    .addColumn('held_since', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
