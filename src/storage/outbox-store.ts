import type { Kysely } from 'kysely';
import { Outbox, type NewAlert, type NewDelivery } from '../domain/stores.js';
import { chunks } from './chunks.js';
import type { Database } from './schema.js';

export class OutboxStore extends Outbox {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async add(
    deliveries: readonly NewDelivery[],
    alerts: readonly NewAlert[],
    now: number,
  ): Promise<void> {
    for (const chunk of chunks(deliveries)) {
      await this.db
        .insertInto('deliveries')
        .values(
          chunk.map(({ id, channel, notice }) => ({
            id,
            channel,
            status: 'pending' as const,
            notice: notice === undefined ? null : JSON.stringify(notice),
            next_at: now,
            created_at: now,
          })),
        )
        .execute();
    }
    for (const chunk of chunks(alerts)) {
      await this.db
        .insertInto('alerts')
        .values(
          chunk.map((alert) => ({
            id: alert.id,
            rule: alert.rule,
            channel: alert.channel,
            severity: alert.severity,
            at: alert.at,
            created_at: now,
            title: alert.title,
            log_ids: JSON.stringify(alert.logIds),
            reason: alert.reason,
            content: JSON.stringify(alert.content),
            delivery_id: alert.deliveryId ?? null,
          })),
        )
        .execute();
    }
  }
}
