import type { Kysely } from 'kysely';
import { plainText, type AlertContent, type BlockNode } from '../domain/alert.js';
import type { Reason } from '../domain/alerting/decision.js';
import { readContent } from '../storage/outbox/alert-content.js';
import type { Database } from '../storage/database/schema.js';

/** An alert of one rule for one channel. */
export interface SimulatedAlert {
  readonly rule: string;
  readonly channel: string;
  /** The event's own time, in ms since the epoch. */
  readonly at: number;
  readonly title: string;
  readonly logIds: readonly string[];
  readonly reason: Reason;
  readonly content: AlertContent;
  /** The message that shows it; undefined when it was suppressed. */
  readonly deliveryId?: string;
}

export async function readAlerts(db: Kysely<Database>): Promise<readonly SimulatedAlert[]> {
  const rows = await db
    .selectFrom('alerts')
    .leftJoin('rule_texts', 'rule_texts.id', 'alerts.rule_texts')
    .selectAll('alerts')
    .select('texts')
    .orderBy('alerts.id')
    .execute();
  return rows.map((row) => ({
    rule: row.rule,
    channel: row.channel,
    at: row.at,
    title: row.title,
    logIds: JSON.parse(row.log_ids) as string[],
    reason: row.reason as Reason,
    content: readContent(row),
    deliveryId: row.delivery_id ?? undefined,
  }));
}

/** Alerts that went out, those of one rule and event together: one to several channels is one alert. */
export function sentAlerts(
  alerts: readonly SimulatedAlert[],
): (readonly [SimulatedAlert, ...SimulatedAlert[]])[] {
  const groups = new Map<string, [SimulatedAlert, ...SimulatedAlert[]]>();
  for (const alert of alerts) {
    if (alert.reason !== 'sent' && alert.reason !== 'grouped') continue;
    const key = JSON.stringify([alert.rule, alert.logIds]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alert]);
    else group.push(alert);
  }
  return [...groups.values()];
}

/** Everything that an alert says, as people read it: a line for the title, the text, each field and each block's text. */
export function alertText({ title, text, fields, blocks }: AlertContent): string {
  return [
    plainText(title),
    ...(text === undefined ? [] : [plainText(text)]),
    ...fields.map(({ name, value }) => `${name}: ${plainText(value)}`),
    ...(blocks ?? []).flatMap(blockTexts),
  ].join('\n');
}

function blockTexts(node: BlockNode): string[] {
  if ('spans' in node) return [plainText(node.spans)];
  if ('items' in node) return node.items.flatMap(blockTexts);
  return 'entries' in node ? node.entries.flatMap(([, entry]) => blockTexts(entry)) : [];
}
