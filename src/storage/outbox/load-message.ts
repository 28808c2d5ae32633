import { sql, type Kysely, type Selectable } from 'kysely';
import { severities, type AlertContent, type Severity } from '../../domain/alert.js';
import type { Digest, TopNames } from '../../domain/alerting/digest.js';
import type { FollowUp } from '../../domain/alerting/follow-up.js';
import type { Message, Notice, Silenced, SilenceScope } from '../../domain/alerting/message.js';
import type { Database, DeliveriesTable } from '../database/schema.js';
import { readContent } from './alert-content.js';
import { readState } from './state-columns.js';

/** How many names of each kind a digest counts. */
const namesCounted = 10;
/** A digest of at most so many alerts shows each of them; a larger one shows the five worst. */
const shownInFull = 30;
const worstShown = 5;

/** The message of a delivery. */
export async function loadMessage(
  db: Kysely<Database>,
  delivery: Selectable<DeliveriesTable>,
): Promise<Message> {
  const { id, notice, follow_up: followUp, group_text: group } = delivery;
  if (followUp !== null) return { kind: 'follow-up', followUp: JSON.parse(followUp) as FollowUp };
  if (notice !== null) return { kind: 'notice', notice: JSON.parse(notice) as Notice };
  const { total, events } = await db
    .selectFrom('alerts')
    .select((eb) => [
      eb.fn.countAll<number>().as('total'),
      eb.fn.count<number>('log_id').distinct().as('events'),
    ])
    .where('delivery_id', '=', id)
    .executeTakeFirstOrThrow();
  const silenced = delivery.silenced === null ? {} : { silenced: JSON.parse(delivery.silenced) as Silenced };
  const common = { delivery: id, state: readState(delivery), ...silenced };
  if (Number(events) > 1) {
    const digest = await loadDigest(db, id, Number(total));
    const [rule, another] = await rulesOf(db, id);
    const silence = rule === undefined || another !== undefined ? {} : { silence: { rule } };
    const handling = { ...common, ...silence };
    return { kind: 'digest', digest: group === null ? digest : { ...digest, group }, handling };
  }
  const alerts = await contents(db, id, Number(total));
  return { kind: 'alert', alerts, handling: { ...common, ...(await scopeOf(db, id, alerts)) } };
}

/** The ids of the first two rules. */
async function rulesOf(db: Kysely<Database>, id: string): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('alerts')
    .select('rule')
    .distinct()
    .where('delivery_id', '=', id)
    .orderBy('rule')
    .limit(2)
    .execute();
  return rows.map(({ rule }) => rule);
}

/** What can be silenced below a message of one event: the rule that leads, for everybody or for whom it is about. */
async function scopeOf(
  db: Kysely<Database>,
  id: string,
  alerts: readonly AlertContent[],
): Promise<{ readonly silence?: SilenceScope }> {
  const lead = alerts.toSorted(bySeverity)[0];
  if (lead === undefined) return {};
  const row = await db
    .selectFrom('alerts')
    .select(['user_name', 'address'])
    .where('delivery_id', '=', id)
    .limit(1)
    .executeTakeFirst();
  const { user_name: user, address } = row ?? { user_name: null, address: null };
  return {
    silence: { rule: lead.ruleId, ...(user !== null && { user }), ...(address !== null && { address }) },
  };
}

async function loadDigest(db: Kysely<Database>, id: string, total: number): Promise<Digest> {
  const span = await db
    .selectFrom('alerts')
    .select((eb) => [eb.fn.min('at').as('from'), eb.fn.max('at').as('to')])
    .where('delivery_id', '=', id)
    .executeTakeFirstOrThrow();
  const rules = await oneOfEachRule(db, id);
  const names = new Map(rules.map((content) => [content.ruleId, content.ruleName]));
  const byRule = await topNames(db, id, 'rule');
  const [first, ...rest] = await contents(db, id, total <= shownInFull ? shownInFull : 1);
  const worst =
    total <= shownInFull ? rest.toSorted(bySeverity) : await worstContents(db, id, first as AlertContent);
  return {
    total,
    severity: [first as AlertContent, ...worst].toSorted(bySeverity)[0]?.severity ?? 'medium',
    from: Number(span.from),
    to: Number(span.to),
    rules: {
      ...byRule,
      top: byRule.top.map(({ name, count }) => ({ name: names.get(name) ?? name, count })),
    },
    types: await topNames(db, id, 'event_type'),
    users: await topNames(db, id, 'user_name'),
    addresses: await topNames(db, id, 'address'),
    applications: await topNames(db, id, 'application'),
    first: first as AlertContent,
    worst,
    mentions: [...new Set(rules.flatMap((content) => content.mentions))],
  };
}

async function topNames(
  db: Kysely<Database>,
  id: string,
  column: 'rule' | 'event_type' | 'user_name' | 'address' | 'application',
): Promise<TopNames> {
  const named = db.selectFrom('alerts').where('delivery_id', '=', id).where(column, 'is not', null);
  const top = await named
    .select((eb) => [eb.ref(column).as('name'), eb.fn.countAll<number>().as('count')])
    .groupBy(column)
    .orderBy('count', 'desc')
    .orderBy(column)
    .limit(namesCounted)
    .execute();
  const { distinct } = await named
    .select((eb) => eb.fn.count<number>(column).distinct().as('distinct'))
    .executeTakeFirstOrThrow();
  return {
    top: top.map(({ name, count }) => ({ name: String(name), count: Number(count) })),
    distinct: Number(distinct),
  };
}

/** The earliest alerts. */
async function contents(db: Kysely<Database>, id: string, limit: number): Promise<AlertContent[]> {
  const rows = await db
    .selectFrom('alerts')
    .leftJoin('rule_texts', 'rule_texts.id', 'alerts.rule_texts')
    .select(['content', 'texts'])
    .where('delivery_id', '=', id)
    .orderBy('at')
    .orderBy('alerts.id')
    .limit(limit)
    .execute();
  return rows.map(readContent);
}

async function worstContents(db: Kysely<Database>, id: string, first: AlertContent): Promise<AlertContent[]> {
  const rank = sql<number>`case severity ${sql.join(
    severities.map((name, index) => sql`when ${name} then ${sql.lit(index)}`),
    sql` `,
  )} else 0 end`;
  const rows = await db
    .selectFrom('alerts')
    .leftJoin('rule_texts', 'rule_texts.id', 'alerts.rule_texts')
    .select(['content', 'texts'])
    .where('delivery_id', '=', id)
    .orderBy(rank, 'desc')
    .orderBy('at')
    .orderBy('alerts.id')
    .limit(worstShown + 1)
    .execute();
  const firstText = JSON.stringify(first);
  return rows
    .map(readContent)
    .filter((content) => JSON.stringify(content) !== firstText)
    .slice(0, worstShown);
}

async function oneOfEachRule(db: Kysely<Database>, id: string): Promise<AlertContent[]> {
  const oldest = db
    .selectFrom('alerts')
    .select((eb) => eb.fn.min('id').as('id'))
    .where('delivery_id', '=', id)
    .groupBy('rule');
  const rows = await db
    .selectFrom('alerts')
    .leftJoin('rule_texts', 'rule_texts.id', 'alerts.rule_texts')
    .select(['content', 'texts'])
    .where('alerts.id', 'in', oldest)
    .orderBy('alerts.id')
    .execute();
  return rows.map(readContent);
}

function bySeverity(a: { readonly severity: Severity }, b: { readonly severity: Severity }): number {
  return severities.indexOf(b.severity) - severities.indexOf(a.severity);
}

/** The different `traceparent`s of the batches whose alerts a message shows, so many of them. */
export async function traceParents(
  db: Kysely<Database>,
  delivery: string,
  most: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('alerts')
    .select('trace_parent')
    .distinct()
    .where('delivery_id', '=', delivery)
    .where('trace_parent', 'is not', null)
    .limit(most)
    .$narrowType<{ trace_parent: string }>()
    .execute();
  return rows.map((row) => row.trace_parent);
}

/** The ids of the alerts that a message shows, the first so many. */
export async function alertIds(
  db: Kysely<Database>,
  delivery: string,
  most: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('alerts')
    .select('id')
    .where('delivery_id', '=', delivery)
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map((row) => row.id);
}
