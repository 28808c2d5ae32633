import { sql, type Kysely } from 'kysely';
import { databaseNow } from '../database/dialect.js';
import type { Database } from '../database/schema.js';

const dayMs = 86_400_000;
/** A rule that has matched nothing for so long counts from nothing again. */
const ruleHitsMs = 400 * dayMs;

/**
 * Deletes what is kept one row a name and says no more than its absence does: the hits of rules that have matched
 * nothing for more than a year, and budgets and leases that ran out yesterday, as those of channels that are gone do.
 */
export async function pruneGone(db: Kysely<Database>, now: number): Promise<void> {
  await db
    .deleteFrom('rule_hits')
    .where('last_hit', '<', now - ruleHitsMs)
    .execute();
  await db
    .deleteFrom('budgets')
    .where('used_until', '<', now - dayMs)
    .execute();
  await db
    .deleteFrom('channel_leases')
    .where('expires_at', '<', sql<number>`${databaseNow(db)} - ${sql.lit(dayMs)}`)
    .execute();
}
