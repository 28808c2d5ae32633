import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../../src/storage/database/schema.js';

/** How many rows a database is filled with, in the proportions of one that has run for a month. */
export interface Filling {
  readonly deliveries: number;
  /** Of the deliveries, those that wait for the channel `security`; a hundred more channels have one each. */
  readonly waiting: number;
  readonly suppressedAlerts: number;
  /** Half of each of two windows, but a few of one that has been replaced. */
  readonly windowKeys: number;
  readonly throttles: number;
  readonly seenEvents: number;
}

/** When everything waiting is due, and nothing else is, in ms since the epoch. */
export const filledAt = Date.UTC(2026, 0, 15, 12);
const month = 30 * 86_400_000;
const otherChannels = 100;
/** Of the rows of a kind, one in so many is the exception that a query looks for. */
const rare = 500;

/** Fills an empty database, with the same statements on SQLite and PostgreSQL. */
export async function fill(db: Kysely<Database>, filling: Filling): Promise<void> {
  const { deliveries, waiting, suppressedAlerts, windowKeys, throttles, seenEvents } = filling;
  const ended = deliveries - waiting;
  const time = (count: number) => sql.lit(Math.max(1, Math.floor(month / count)));
  const age = (count: number) => sql`${sql.lit(filledAt - month)} + i * ${time(count)}`;

  await insert(
    db,
    ended,
    sql`deliveries (id, channel, status, attempts, next_at, created_at, finished_at)
    select ${id('d', 0)}, 'team-' || (i % 20), case when i % ${sql.lit(rare)} = 0 then 'dead' else 'delivered' end,
      1, ${age(ended)}, ${age(ended)}, ${age(ended)}`,
  );
  await insert(
    db,
    waiting,
    sql`deliveries (id, channel, status, attempts, next_at, created_at)
    select ${id('d', ended)}, case when i <= ${sql.lit(otherChannels)} then 'other-' || i else 'security' end,
      'pending', 0, ${sql.lit(filledAt - 1)}, ${sql.lit(filledAt - 1)}`,
  );
  await insert(
    db,
    deliveries,
    sql`alerts (${alertColumns}) select ${id('a', 0)}, ${alertValues}, 'sent', ${age(deliveries)}, ${id('d', 0)}`,
  );
  await insert(
    db,
    suppressedAlerts,
    sql`alerts (${alertColumns})
    select ${id('a', deliveries)}, ${alertValues}, 'throttled', ${age(suppressedAlerts)}, null`,
  );
  await insert(
    db,
    windowKeys,
    sql`window_keys (id, window_id, text, fired, used_at, expires_at)
    select ${id('k', 0)}, case when i % ${sql.lit(rare)} = 0 then 'window-2' else 'window-' || (i % 2) end, 'key', '[]', ${age(windowKeys)}, ${sql.lit(filledAt + month)} + i`,
  );
  await insert(
    db,
    windowKeys,
    sql`window_events (key_id, log_id, at, seq, steps, value, due_at)
    select ${id('k', 0)}, 'log-' || i, ${age(windowKeys)}, 1, '[0]', null,
      case when i % 2 = 0 then null when i % ${sql.lit(rare)} = 1 then ${sql.lit(filledAt - 1)}
        else ${sql.lit(filledAt + month)} + i end`,
  );
  await insert(
    db,
    windowKeys,
    sql`window_samples (log_id, data, keep_until)
    select 'log-' || i, '{}', case when i % ${sql.lit(rare)} = 1 then ${sql.lit(filledAt - 1)} else ${sql.lit(filledAt + month)} + i end`,
  );
  // Of those that have ended none brought more events, so that nothing is written for them.
  await insert(
    db,
    windowKeys,
    sql`window_follow_ups (key_id, alert_at, key_text, alert_ids, alerted, events, first_at, last_at, due_at)
    select ${id('k', 0)}, ${age(windowKeys)}, 'key', '["a"]', 2, 2, ${age(windowKeys)}, ${age(windowKeys)},
      case when i % ${sql.lit(rare)} = 1 then ${sql.lit(filledAt - 1)} else ${sql.lit(filledAt + month)} + i end`,
  );
  await insert(
    db,
    3,
    sql`windows (id, rule, hash, generation, loaded_at, replaced_at)
    select 'window-' || (i - 1), 'rule-' || i, 'hash', 1, ${sql.lit(filledAt - month)},
      case when i = 3 then ${sql.lit(filledAt - month)} else null end`,
  );
  await insert(
    db,
    throttles,
    sql`throttles (rule, key, rule_hash, until, summary_at, suppressed, suppressed_since, last_alert, opened_by)
    select 'rule-' || (i % 10), ${id('t', 0)}, 'hash', ${age(throttles)}, ${age(throttles)},
      case when i % ${sql.lit(rare)} = 0 then 1 else 0 end, null, null, '{}'`,
  );
  await insert(db, seenEvents, sql`seen_events (log_id, seen_at) select ${id('log', 0)}, ${age(seenEvents)}`);
}

const alertColumns = sql`id, rule, channel, severity, at, title, log_ids, log_id, content, event_type, user_name, address,
  application, reason, created_at, delivery_id`;

/** An alert's content is as long as that of the default template. */
const alertValues = sql`'rule-' || (i % 10), 'security', 'medium', ${sql.lit(filledAt)}, 'Wrong password',
  '["log-' || i || '"]', 'log-' || i,
  ${sql.lit(JSON.stringify({ ruleId: 'failures', ruleName: 'Failures', severity: 'medium', title: [{ value: 'x'.repeat(300) }], fields: [], mentions: [], at: filledAt }))},
  'fp', 'user-' || (i % 5000), '198.51.100.' || (i % 250), 'My Application'`;

/** Ids in the order of the rows. */
function id(prefix: string, from: number): RawBuilder<string> {
  return sql<string>`${sql.lit(`${prefix}-`)} || (${sql.lit(100_000_000 + from)} + i)`;
}

async function insert(db: Kysely<Database>, count: number, into: RawBuilder<unknown>): Promise<void> {
  await sql`insert into ${into} from (
    with recursive numbers (i) as (select 1 union all select i + 1 from numbers where i < ${sql.lit(count)})
    select cast(i as bigint) as i from numbers
  ) as numbered`.execute(db);
}
