import type { Kysely } from 'kysely';

/** Versions that know migration 014 may run on the schema after this one. */
export const oldest = 14;

/** Silences that begin later, and those of a severity, of tags or of an owner. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['severity', 'tags', 'owner'])
    await db.schema.alterTable('silences').addColumn(column, 'text').execute();
  await db.schema.alterTable('silences').addColumn('starts_at', 'bigint').execute();
}
