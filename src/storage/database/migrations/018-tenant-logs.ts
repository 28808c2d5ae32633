import type { Kysely } from 'kysely';

/** Versions that know migration 014 may run on the schema after this one. */
export const oldest = 14;

/** Up to where a tenant's logs were read through the Management API, and what is known of its log stream. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('tenant_logs')
    .addColumn('tenant', 'text', (column) => column.primaryKey())
    .addColumn('position', 'text')
    .addColumn('position_at', 'bigint', (column) => column.notNull())
    .addColumn('behind', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('caught_up_at', 'bigint')
    .addColumn('failure', 'text')
    .addColumn('failure_error', 'text')
    .addColumn('failure_since', 'bigint')
    .addColumn('failure_told', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('stream', 'text')
    .addColumn('stream_seen_at', 'bigint')
    .addColumn('stream_problem', 'text')
    .execute();
}
