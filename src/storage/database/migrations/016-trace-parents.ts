import type { Kysely } from 'kysely';

/** Versions that know migration 014 may run on the schema after this one. */
export const oldest = 14;

/** The trace of the batch that raised an alert. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('alerts').addColumn('trace_parent', 'text').execute();
}
