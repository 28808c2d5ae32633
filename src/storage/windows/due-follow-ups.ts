import type { Kysely, Selectable } from 'kysely';
import { severities } from '../../domain/alert.js';
import { followUpNotice, followUpOf, isReported } from '../../domain/alerting/follow-up.js';
import type { Ids } from '../../domain/stores.js';
import { readContent } from '../outbox/alert-content.js';
import { isPostgres, skipLocked } from '../database/dialect.js';
import type { Database } from '../database/schema.js';
import type { WindowFollowUpsTable } from './window-tables.js';

/** How many cooldowns one transaction ends. */
const batchRows = 100;
/** When it is looked again, in ms, at the message of an alert that has not been posted yet. */
const lookAgainMs = 30_000;

/** An alert and the message that shows it. */
interface ShownAlert {
  readonly channel: string;
  readonly content: string;
  readonly texts: string | null;
  readonly delivery_id: string | null;
  readonly status: string;
  readonly ts: string | null;
}

/**
 * Puts follow-ups of the cooldowns that have ended into the outbox. An alert inside a digest gets none, and one whose
 * message still waits is looked at again later. Returns the channels that have something to post now.
 *
 * @param canEdit whether the channel can edit the messages that it has posted
 */
export async function writeFollowUps(
  db: Kysely<Database>,
  ids: Ids,
  now: number,
  canEdit: (channel: string) => boolean,
): Promise<ReadonlySet<string>> {
  const channels = new Set<string>();
  for (;;) {
    if ((await dueRows(db, now, 1)).length === 0) return channels;
    const ended = await db.transaction().execute(async (tx) => {
      const rows = await dueRows(tx, now, batchRows);
      for (const row of rows) await endCooldown(tx, row, ids, now, canEdit, channels);
      return rows.length;
    });
    if (ended < batchRows) return channels;
  }
}

/** Locks the rows, except those that a batch or another replica works on just now: they have their turn the next time. */
function dueRows(
  db: Kysely<Database>,
  now: number,
  limit: number,
): Promise<readonly Selectable<WindowFollowUpsTable>[]> {
  return db
    .selectFrom('window_follow_ups')
    .selectAll()
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(limit)
    .$if(isPostgres(db), skipLocked)
    .execute();
}

async function endCooldown(
  tx: Kysely<Database>,
  row: Selectable<WindowFollowUpsTable>,
  ids: Ids,
  now: number,
  canEdit: (channel: string) => boolean,
  channels: Set<string>,
): Promise<void> {
  const shown = row.events > row.alerted ? await shownAlerts(tx, JSON.parse(row.alert_ids) as string[]) : [];
  if (shown.some(({ status }) => status === 'pending' || status === 'retrying')) {
    await tx
      .updateTable('window_follow_ups')
      .set({ due_at: now + lookAgainMs })
      .where('key_id', '=', row.key_id)
      .where('alert_at', '=', row.alert_at)
      .execute();
    return;
  }
  await tx
    .deleteFrom('window_follow_ups')
    .where('key_id', '=', row.key_id)
    .where('alert_at', '=', row.alert_at)
    .execute();
  for (const alert of shown) {
    const edits = canEdit(alert.channel) && alert.ts !== null;
    if (alert.status !== 'delivered' || alert.delivery_id === null) continue;
    if (!isReported(row.alerted, row.events, edits)) continue;
    if (await isDigest(tx, alert.delivery_id)) continue;
    await addDelivery(tx, ids.next(), alert, edits, row, now);
    channels.add(alert.channel);
  }
}

function shownAlerts(tx: Kysely<Database>, alertIds: readonly string[]): Promise<readonly ShownAlert[]> {
  return tx
    .selectFrom('alerts')
    .innerJoin('deliveries', 'deliveries.id', 'alerts.delivery_id')
    .leftJoin('rule_texts', 'rule_texts.id', 'alerts.rule_texts')
    .select(['alerts.channel', 'content', 'texts', 'delivery_id', 'status', 'ts'])
    .where('alerts.id', 'in', alertIds)
    .orderBy('alerts.id')
    .execute();
}

async function isDigest(tx: Kysely<Database>, delivery: string): Promise<boolean> {
  const events = await tx
    .selectFrom('alerts')
    .select('log_id')
    .distinct()
    .where('delivery_id', '=', delivery)
    .limit(2)
    .execute();
  return events.length > 1;
}

async function addDelivery(
  tx: Kysely<Database>,
  id: string,
  { channel, delivery_id: delivery, ...stored }: ShownAlert,
  edits: boolean,
  { key_text: key, events, first_at, last_at }: Selectable<WindowFollowUpsTable>,
  now: number,
): Promise<void> {
  const span = { count: events, firstAt: first_at, lastAt: last_at };
  const followUp = followUpOf(readContent(stored), key, span);
  await tx
    .insertInto('deliveries')
    .values({
      id,
      channel,
      status: 'pending',
      notice: JSON.stringify(followUpNotice(followUp, now)),
      follow_up: JSON.stringify(followUp),
      follows: edits ? delivery : null,
      rank: severities.indexOf(followUp.severity),
      alone: 1,
      next_at: now,
      created_at: now,
    })
    .execute();
}
