import type { Kysely } from 'kysely';

/** Versions that know migration 014 may run on the schema after this one. */
export const oldest = 14;

/** Who changed what. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('by', 'text', (column) => column.notNull())
    .addColumn('from', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('status', 'integer')
    .execute();
  await db.schema.createIndex('audit_by_time').on('audit').column('at').execute();
}
