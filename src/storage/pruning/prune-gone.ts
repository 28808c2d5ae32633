import { sql, type Kysely } from 'kysely';
import { databaseNow, isPostgres } from '../database/dialect.js';
import type { Database } from '../database/schema.js';

const dayMs = 86_400_000;
/** A rule that has matched nothing for so long counts from nothing again. */
const ruleHitsMs = 400 * dayMs;

/**
 * Deletes what is kept one row a name and says no more than its absence does: the hits of rules that have matched
 * nothing for more than a year, and budgets and leases that ran out yesterday, as those of channels that are gone do.
 */
export async function pruneGone(db: Kysely<Database>, now: number): Promise<void> {
  if (isPostgres(db)) await foldRuleHits(db, now - dayMs);
  await db
    .deleteFrom('rule_hits')
    .where('last_hit', '<', now - ruleHitsMs)
    .execute();
  await db
    .deleteFrom('rule_texts')
    .where('created_at', '<', now - ruleHitsMs)
    .where('rule', 'not in', db.selectFrom('rule_hits').select('rule'))
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

/** Adds the hits of writers that have counted none for a day to one row for each rule: most of them are gone. */
async function foldRuleHits(db: Kysely<Database>, before: number): Promise<void> {
  await sql`
    with idle as (
      select rule, writer from rule_hits where writer <> '' and last_hit < ${before} for update skip locked
    ), gone as (
      delete from rule_hits using idle
      where rule_hits.rule = idle.rule and rule_hits.writer = idle.writer
      returning rule_hits.rule, hits, last_hit
    )
    insert into rule_hits (rule, writer, hits, last_hit)
    select rule, '', sum(hits), max(last_hit) from gone group by rule order by rule
    on conflict (rule, writer) do update set
      hits = rule_hits.hits + excluded.hits,
      last_hit = greatest(rule_hits.last_hit, excluded.last_hit)
  `.execute(db);
}
