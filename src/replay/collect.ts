import { sql, type Kysely } from 'kysely';
import type { Reason } from '../domain/alerting/decision.js';
import { pruneWindows } from '../storage/pruning/prune-windows.js';
import type { Database } from '../storage/database/schema.js';
import type { CountedAlert, CountedMessage } from './tally.js';

/** How many events are recognised when they occur again. In an export, copies are close together. */
const seenAtMost = 100_000;

/** What has been raised since the last time. */
export interface Collected {
  readonly alerts: readonly CountedAlert[];
  readonly messages: readonly CountedMessage[];
}

/** Reads what has been raised out of a backtest's database, and deletes what the pipeline does not need any more. */
export class Collector {
  private lastAlert = '';
  private lastDelivery = '';

  constructor(private readonly db: Kysely<Database>) {}

  async collect(now: number): Promise<Collected> {
    const collected = { alerts: await this.alerts(), messages: await this.messages() };
    await this.prune(now);
    return collected;
  }

  private async alerts(): Promise<CountedAlert[]> {
    const rows = await this.db
      .selectFrom('alerts')
      .select(['id', 'rule', 'channel', 'reason', 'at', 'title', 'log_ids'])
      .select(['event_type', 'user_name', 'address', 'application'])
      .where('id', '>', this.lastAlert)
      .orderBy('id')
      .execute();
    this.lastAlert = rows.at(-1)?.id ?? this.lastAlert;
    return rows.map((row) => ({
      rule: row.rule,
      channel: row.channel,
      reason: row.reason as Reason,
      at: row.at,
      title: row.title,
      logIds: row.log_ids,
      key: row.user_name ?? row.address ?? row.application ?? row.event_type,
    }));
  }

  private async messages(): Promise<CountedMessage[]> {
    const rows = await this.db
      .selectFrom('deliveries')
      .innerJoin('alerts', 'alerts.delivery_id', 'deliveries.id')
      .select(['deliveries.id', 'deliveries.channel', 'alerts.rule'])
      .distinct()
      .where('deliveries.id', '>', this.lastDelivery)
      .orderBy('deliveries.id')
      .execute();
    this.lastDelivery = rows.at(-1)?.id ?? this.lastDelivery;
    const messages = new Map<string, { channel: string; rules: string[] }>();
    for (const { id, channel, rule } of rows) {
      const message = messages.get(id);
      if (message === undefined) messages.set(id, { channel, rules: [rule] });
      else message.rules.push(rule);
    }
    return [...messages.values()];
  }

  private async prune(now: number): Promise<void> {
    // An alert that its throttle holds back may go out yet; a group that is open takes more alerts.
    await sql`
      delete from alerts where id not in (
        select value from throttles, json_each(throttles.last_alert) where throttles.suppressed > 0
      )`.execute(this.db);
    await this.db
      .deleteFrom('deliveries')
      .where((eb) => eb.or([eb('group_key', 'is', null), eb('next_at', '<=', now)]))
      .execute();
    await this.db.deleteFrom('throttles').where('suppressed', '=', 0).where('summary_at', '<', now).execute();
    await sql`
      delete from seen_events where rowid <= (select max(rowid) from seen_events) - ${seenAtMost}`.execute(
      this.db,
    );
    while (await pruneWindows(this.db, now));
  }
}
