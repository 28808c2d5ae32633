import type { Kysely } from 'kysely';

/** Two tables more, which hinder no older version. */
export const oldest = 5;

/** Which versions of the router may run on the schema, and where the readiness check writes. One row each. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('schema_info')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('oldest', 'integer', (column) => column.notNull())
    .addColumn('needs', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createTable('write_probe')
    .addColumn('id', 'integer', (column) => column.primaryKey())
    .addColumn('written', 'text', (column) => column.notNull())
    .execute();
}
