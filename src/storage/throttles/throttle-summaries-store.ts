import { sql, type Kysely } from 'kysely';
import { severities, type AlertContent } from '../../domain/alert.js';
import { standsAlone } from '../../domain/alerting/digest.js';
import { suppressedBefore } from '../../domain/alerting/throttle.js';
import type { Ids } from '../../domain/stores.js';
import { readContent, storeContent } from '../outbox/alert-content.js';
import { isPostgres, skipLocked } from '../database/dialect.js';
import type { Database } from '../database/schema.js';
import { countSent } from '../resolutions/sent-alerts.js';

/** How many summaries one transaction writes. */
const batchRows = 100;

/**
 * Writes the summaries of suppressed alerts that no later alert of their key has carried: the last of them is sent after all, with
 * how many came before it. Returns the channels that have something to post now.
 */
export async function writeThrottleSummaries(
  db: Kysely<Database>,
  ids: Ids,
  now: number,
): Promise<ReadonlySet<string>> {
  const channels = new Set<string>();
  for (;;) {
    if (!(await anyDue(db, now))) return channels;
    const written = await db.transaction().execute((tx) => writeBatch(tx, ids, now, channels));
    if (written < batchRows) return channels;
  }
}

async function anyDue(db: Kysely<Database>, now: number): Promise<boolean> {
  return (await due(db, now).select('rule').limit(1).executeTakeFirst()) !== undefined;
}

function due(db: Kysely<Database>, now: number) {
  return db
    .selectFrom('throttles')
    .where('summary_at', '<=', now)
    .where(sql<boolean>`suppressed > 0`)
    .orderBy('summary_at');
}

async function writeBatch(
  tx: Kysely<Database>,
  ids: Ids,
  now: number,
  channels: Set<string>,
): Promise<number> {
  const rows = await due(tx, now)
    .selectAll()
    .limit(batchRows)
    // A key that a batch or another replica works on just now has its turn the next time.
    .$if(isPostgres(tx), skipLocked)
    .execute();
  const released: string[] = [];
  for (const row of rows) {
    await tx
      .updateTable('throttles')
      .set({ suppressed: 0, suppressed_since: null, last_alert: null })
      .where('rule', '=', row.rule)
      .where('key', '=', row.key)
      .execute();
    if (row.last_alert === null) continue;
    const state = { suppressed: row.suppressed, suppressedSince: row.suppressed_since ?? undefined };
    for (const channel of await releaseAlerts(
      tx,
      ids,
      JSON.parse(row.last_alert) as string[],
      suppressedBefore(state, now),
      now,
    )) {
      channels.add(channel);
      released.push(row.rule);
    }
  }
  await countSent(tx, '', released, now);
  return rows.length;
}

/** Gives each suppressed alert a delivery. */
async function releaseAlerts(
  tx: Kysely<Database>,
  ids: Ids,
  alertIds: readonly string[],
  suppressed: AlertContent['suppressed'],
  now: number,
): Promise<readonly string[]> {
  if (alertIds.length === 0) return [];
  const alerts = await tx
    .selectFrom('alerts')
    .leftJoin('rule_texts', 'rule_texts.id', 'alerts.rule_texts')
    .select(['alerts.id', 'channel', 'content', 'texts'])
    .where('alerts.id', 'in', alertIds)
    .orderBy('alerts.id')
    .execute();
  for (const { id, channel, ...stored } of alerts) {
    const deliveryId = ids.next();
    const content = readContent(stored);
    await tx
      .insertInto('deliveries')
      .values({
        id: deliveryId,
        channel,
        status: 'pending',
        rank: severities.indexOf(content.severity),
        alone: standsAlone(content) ? 1 : 0,
        next_at: now,
        created_at: now,
      })
      .execute();
    await tx
      .updateTable('alerts')
      .set({
        reason: 'sent',
        delivery_id: deliveryId,
        content: storeContent({ ...content, suppressed }),
      })
      .where('id', '=', id)
      .execute();
  }
  return alerts.map((alert) => alert.channel);
}
