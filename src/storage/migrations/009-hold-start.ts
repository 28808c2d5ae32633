import type { Kysely } from 'kysely';

/** A column with a default, which hinders no older version. */
export const oldest = 5;

/** When a channel's hold was written, so that one that a wrong clock wrote is known by it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable('channel_states')
    .addColumn('held_since', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
