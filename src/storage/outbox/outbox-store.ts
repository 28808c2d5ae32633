import { sql, type Kysely, type RawBuilder } from 'kysely';
import { LRUCache } from 'lru-cache';
import { severities, type RuleTexts } from '../../domain/alert.js';
import { Outbox, type NewAlert, type NewDelivery } from '../../domain/stores.js';
import { jsonRows, names } from '../database/rows.js';
import type { Database } from '../database/schema.js';
import { countSent } from '../resolutions/sent-alerts.js';
import { storeContent, storeTexts, type StoredTexts } from './alert-content.js';
import { storedKey } from './stored-key.js';

const deliveryColumns = {
  id: 'text',
  channel: 'text',
  status: 'text',
  notice: 'text',
  group_key: 'text',
  group_text: 'text',
  thread_of: 'text',
  rank: 'bigint',
  alone: 'bigint',
  next_at: 'bigint',
  created_at: 'bigint',
} as const;

/** Only where a delivery has them, so that others cost nothing more. */
const moreDeliveryColumns = { ...deliveryColumns, follows: 'text', remind_at: 'bigint' } as const;

const alertColumns = {
  id: 'text',
  rule: 'text',
  channel: 'text',
  severity: 'text',
  at: 'bigint',
  created_at: 'bigint',
  title: 'text',
  log_ids: 'text',
  log_id: 'text',
  reason: 'text',
  content: 'text',
  rule_texts: 'text',
  delivery_id: 'text',
  event_type: 'text',
  user_name: 'text',
  address: 'text',
  application: 'text',
  people: 'text',
} as const;

/** With tracing only, so that batches cost nothing more without it. */
const tracedColumns = { ...alertColumns, trace_parent: 'text' } as const;

/** An alert with W3C's `traceparent` of the batch that raised it, which the outbox keeps. */
export interface TracedAlert extends NewAlert {
  readonly traceParent?: string;
}

const textColumns = { id: 'text', rule: 'text', texts: 'text' } as const;

/** The ids of texts that are known to be stored. Each is written again once a day, in case it was pruned. */
export class KnownTexts extends LRUCache<string, true> {
  constructor() {
    super({ max: 10_000, ttl: 86_400_000 });
  }
}

export class OutboxStore extends Outbox {
  /** The texts that this transaction has written: they are known once it is committed. */
  readonly written = new Set<string>();

  /** @param writer whose alerts are counted, as in `RuleHitsStore` */
  constructor(
    private readonly db: Kysely<Database>,
    private readonly known = new KnownTexts(),
    private readonly writer = '',
  ) {
    super();
  }

  override async addTexts(texts: readonly RuleTexts[], now: number): Promise<void> {
    const missing = texts.map(storeTexts).filter(({ id }) => !this.known.has(id));
    await this.insertTexts(new Map(missing.map((one) => [one.id, one])), now);
  }

  override async add(
    deliveries: readonly NewDelivery[],
    alerts: readonly TracedAlert[],
    now: number,
  ): Promise<ReadonlyMap<string, string>> {
    const joined = await this.addGroups(
      deliveries.filter(({ group }) => group !== undefined),
      now,
    );
    const alone = deliveries.filter(({ group }) => group === undefined);
    if (alone.length > 0) {
      const rows = alone.map((delivery) => rowOf(inThread(delivery, joined), now));
      await this.insertDeliveries(rows, sql`order by id`).execute(this.db);
    }
    if (alerts.length > 0) {
      await this.addAlerts(alerts, joined, now);
      await countSent(this.db, this.writer, outsideThreads(alerts, deliveries), now);
    }
    return joined;
  }

  private async addAlerts(
    alerts: readonly TracedAlert[],
    joined: ReadonlyMap<string, string>,
    now: number,
  ): Promise<void> {
    const missing = new Map<string, StoredTexts>();
    const rows = alerts.map((alert) => {
      const open = alert.deliveryId === undefined ? undefined : joined.get(alert.deliveryId);
      const texts = storeTexts(alert.content);
      if (!this.known.has(texts.id)) missing.set(texts.id, texts);
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
        content: storeContent(alert.content),
        rule_texts: texts.id,
        delivery_id: open ?? alert.deliveryId ?? null,
        event_type: alert.keys.type,
        user_name: alert.keys.user ?? null,
        address: alert.keys.address ?? null,
        application: alert.keys.application ?? null,
        people: alert.people.join(' '),
        trace_parent: alert.traceParent ?? null,
      };
    });
    const columns = rows.some((row) => row.trace_parent !== null) ? tracedColumns : alertColumns;
    await sql`
      insert into alerts (${names(columns)}) select ${names(columns)} from ${jsonRows(this.db, columns, rows)} as added
    `.execute(this.db);
    await this.insertTexts(missing, now);
  }

  private async insertTexts(texts: ReadonlyMap<string, StoredTexts>, now: number): Promise<void> {
    if (texts.size === 0) return;
    const rows = [...texts.values()].map((one) => ({ ...one }));
    await sql`
      insert into rule_texts (id, rule, texts, created_at)
      select id, rule, texts, ${now} from ${jsonRows(this.db, textColumns, rows)} as added
      where true order by id
      on conflict (id) do nothing
    `.execute(this.db);
    for (const id of texts.keys()) this.written.add(id);
  }

  /** Opens the groups that are not open, and finds those that are; the update locks them until the transaction ends. */
  private async addGroups(
    deliveries: readonly NewDelivery[],
    now: number,
  ): Promise<ReadonlyMap<string, string>> {
    const joined = new Map<string, string>();
    if (deliveries.length === 0) return joined;
    const { rows } = await this.insertDeliveries(
      deliveries.map((delivery) => rowOf(delivery, now)),
      sql`
        order by group_key
        on conflict (group_key) do update set
          alone = case when excluded.alone = 1 then 1 else deliveries.alone end
        returning id, group_key
      `,
    ).execute(this.db);
    const ids = new Map(rows.map((row) => [row.group_key, row.id]));
    for (const { id, group } of deliveries) {
      const open = ids.get(storedKey(group?.key ?? ''));
      if (open !== undefined && open !== id) joined.set(id, open);
    }
    return joined;
  }

  private insertDeliveries(
    rows: readonly ReturnType<typeof rowOf>[],
    rest: RawBuilder<unknown>,
  ): RawBuilder<{ readonly id: string; readonly group_key: string }> {
    const columns = rows.some((row) => row.follows !== null || row.remind_at !== null)
      ? moreDeliveryColumns
      : deliveryColumns;
    return sql`
      insert into deliveries (${names(columns)})
      select ${names(columns)} from ${jsonRows(this.db, columns, rows)} as added where true ${rest}
    `;
  }
}

/** The rules of the alerts that a message shows, one for each: a repeat in a thread belongs to the message above it. */
function outsideThreads(alerts: readonly NewAlert[], deliveries: readonly NewDelivery[]): readonly string[] {
  const replies = new Set(deliveries.flatMap(({ id, threadOf }) => (threadOf === undefined ? [] : [id])));
  return alerts.flatMap(({ rule, deliveryId }) =>
    deliveryId === undefined || replies.has(deliveryId) ? [] : [rule],
  );
}

/** A reply to a delivery that has joined another goes to that one's thread. */
function inThread(delivery: NewDelivery, joined: ReadonlyMap<string, string>): NewDelivery {
  const { threadOf } = delivery;
  return threadOf === undefined ? delivery : { ...delivery, threadOf: joined.get(threadOf) ?? threadOf };
}

function rowOf(delivery: NewDelivery, now: number) {
  const { id, channel, notice, group, threadOf, severity, alone, edits, remindAt } = delivery;
  return {
    id,
    channel,
    status: 'pending',
    notice: notice === undefined ? null : JSON.stringify(notice),
    group_key: group === undefined ? null : storedKey(group.key),
    group_text: group?.text ?? null,
    thread_of: threadOf ?? null,
    follows: edits ?? null,
    remind_at: remindAt ?? null,
    rank: severities.indexOf(severity ?? notice?.severity ?? 'medium'),
    alone: alone === true ? 1 : 0,
    next_at: group?.until ?? now,
    created_at: now,
  };
}
