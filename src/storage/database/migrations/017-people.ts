import type { Kysely } from 'kysely';

/** Versions that know migration 014 may run on the schema after this one. */
export const oldest = 14;

/** Whom an alert is about, in a form that says nothing by itself, so that a person can be forgotten. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('alerts').addColumn('people', 'text').execute();
}
