import { sql, type Kysely } from 'kysely';

/**
 * What a throttle suppressed is called so in the tables too. Versions before 0.1.0 read the old names and are refused,
 * since no release has them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const name of ['throttles_told', 'throttles_untold'])
    await sql.raw(`drop index if exists ${name}`).execute(db);
  await db.schema.alterTable('throttles').renameColumn('held', 'suppressed').execute();
  await db.schema.alterTable('throttles').renameColumn('held_since', 'suppressed_since').execute();
  for (const index of [
    'throttles_to_summarise on throttles (summary_at) where suppressed > 0',
    'throttles_to_prune on throttles (summary_at) where suppressed = 0',
  ])
    await sql.raw(`create index ${index}`).execute(db);
  await sql`
    update alerts set content = replace(content, '"heldBack":', '"suppressed":')
    where content like '%"heldBack":%'
  `.execute(db);
}
