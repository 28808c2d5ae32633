import type { Kysely } from 'kysely';

/** Silences, those in force and for a while those that have ended. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('silences')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rule', 'text')
    .addColumn('fields', 'text')
    .addColumn('reason', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('ends_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('silenced', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex('silences_by_end').on('silences').columns(['ended_at', 'ends_at']).execute();
}
