import { sql, type Kysely } from 'kysely';
import { severities } from '../../domain/alert.js';
import { Outbox, type NewAlert, type NewDelivery } from '../../domain/stores.js';
import { chunks } from '../database/rows.js';
import type { Database } from '../database/schema.js';
import { storedKey } from './stored-key.js';

export class OutboxStore extends Outbox {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async add(
    deliveries: readonly NewDelivery[],
    alerts: readonly NewAlert[],
    now: number,
  ): Promise<ReadonlyMap<string, string>> {
    const joined = await this.addGroups(
      deliveries.filter(({ group }) => group !== undefined),
      now,
    );
    const alone = deliveries.filter(({ group }) => group === undefined);
    for (const chunk of chunks(alone)) {
      await this.db
        .insertInto('deliveries')
        .values(chunk.map((delivery) => rowOf(inThread(delivery, joined), now)))
        .execute();
    }
    for (const chunk of chunks(alerts)) {
      await this.db
        .insertInto('alerts')
        .values(
          chunk.map((alert) => {
            const open = alert.deliveryId === undefined ? undefined : joined.get(alert.deliveryId);
            return {
              id: alert.id,
              rule: alert.rule,
              channel: alert.channel,
              severity: alert.severity,
              at: alert.at,
              created_at: now,
              title: alert.title,
              log_ids: JSON.stringify(alert.logIds),
              log_id: alert.logIds[0],
              reason: open === undefined ? alert.reason : 'grouped',
              content: JSON.stringify(alert.content),
              delivery_id: open ?? alert.deliveryId ?? null,
              event_type: alert.keys.type,
              user_name: alert.keys.user ?? null,
              address: alert.keys.address ?? null,
              application: alert.keys.application ?? null,
            };
          }),
        )
        .execute();
    }
    return joined;
  }

  /** Opens the groups that are not open, and finds those that are; the update locks them until the transaction ends. */
  private async addGroups(
    deliveries: readonly NewDelivery[],
    now: number,
  ): Promise<ReadonlyMap<string, string>> {
    const joined = new Map<string, string>();
    const ordered = deliveries.toSorted((a, b) => ((a.group?.key ?? '') < (b.group?.key ?? '') ? -1 : 1));
    for (const chunk of chunks(ordered)) {
      const rows = await this.db
        .insertInto('deliveries')
        .values(chunk.map((delivery) => rowOf(delivery, now)))
        .onConflict((conflict) =>
          conflict.column('group_key').doUpdateSet({
            alone: sql`case when excluded.alone = 1 then 1 else deliveries.alone end`,
          }),
        )
        .returning(['id', 'group_key'])
        .execute();
      const ids = new Map(rows.map((row) => [row.group_key, row.id]));
      for (const { id, group } of chunk) {
        const open = ids.get(storedKey(group?.key ?? ''));
        if (open !== undefined && open !== id) joined.set(id, open);
      }
    }
    return joined;
  }
}

/** A reply to a delivery that has joined another goes to that one's thread. */
function inThread(delivery: NewDelivery, joined: ReadonlyMap<string, string>): NewDelivery {
  const { threadOf } = delivery;
  return threadOf === undefined ? delivery : { ...delivery, threadOf: joined.get(threadOf) ?? threadOf };
}

function rowOf({ id, channel, notice, group, threadOf, severity, alone }: NewDelivery, now: number) {
  return {
    id,
    channel,
    status: 'pending' as const,
    notice: notice === undefined ? null : JSON.stringify(notice),
    group_key: group === undefined ? null : storedKey(group.key),
    group_text: group?.text ?? null,
    thread_of: threadOf ?? null,
    rank: severities.indexOf(severity ?? notice?.severity ?? 'medium'),
    alone: alone === true ? 1 : 0,
    next_at: group?.until ?? now,
    created_at: now,
  };
}
