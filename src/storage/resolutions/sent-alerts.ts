import { sql, type Kysely } from 'kysely';
import { isPostgres } from '../database/dialect.js';
import { jsonRows } from '../database/rows.js';
import type { Database } from '../database/schema.js';

const dayMs = 86_400_000;
const columns = { rule: 'text', alerts: 'bigint' } as const;

/** The day of a time (ms since the epoch), in whole days since the epoch, in UTC. */
export function dayOf(time: number): number {
  return Math.floor(time / dayMs);
}

export function startOfDay(time: number): number {
  return dayOf(time) * dayMs;
}

/**
 * Counts alerts that a message shows.
 *
 * @param rules that of each alert
 */
export async function countSent(
  db: Kysely<Database>,
  writer: string,
  rules: readonly string[],
  now: number,
): Promise<void> {
  if (rules.length === 0) return;
  const counts = new Map<string, number>();
  for (const rule of rules) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  const rows = [...counts].map(([rule, alerts]) => ({ rule, alerts }));
  await sql`
    insert into sent_alerts (rule, day, writer, alerts)
    select rule, ${sql.lit(dayOf(now))}, ${writer}, alerts from ${jsonRows(db, columns, rows)} as added
    where true order by rule
    on conflict (day, rule, writer) do update set alerts = sent_alerts.alerts + excluded.alerts
  `.execute(db);
}

/**
 * Deletes the counts of the days before that of `before`. On PostgreSQL it adds up, for each rule and day before `now`'s, the
 * counts of all writers in one row: most of them are gone.
 */
export async function pruneSent(db: Kysely<Database>, before: number, now: number): Promise<void> {
  await db.deleteFrom('sent_alerts').where('day', '<', dayOf(before)).execute();
  if (!isPostgres(db)) return;
  await sql`
    with past as (
      select day, rule, writer from sent_alerts where writer <> '' and day < ${dayOf(now)} for update skip locked
    ), gone as (
      delete from sent_alerts using past
      where sent_alerts.day = past.day and sent_alerts.rule = past.rule and sent_alerts.writer = past.writer
      returning sent_alerts.day, sent_alerts.rule, sent_alerts.alerts
    )
    insert into sent_alerts (rule, day, writer, alerts)
    select rule, day, '', sum(alerts) from gone group by day, rule order by day, rule
    on conflict (day, rule, writer) do update set alerts = sent_alerts.alerts + excluded.alerts
  `.execute(db);
}
