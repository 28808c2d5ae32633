import { sql, type ExpressionBuilder, type Kysely, type Selectable } from 'kysely';
import type { AlertsTable, Database } from './schema.js';

export const deliveryStatuses = ['pending', 'retrying', 'held', 'delivered', 'dead'] as const;
export type DeliveryStatus = (typeof deliveryStatuses)[number];

/** A delivery as a person sees it. Times are ms since the epoch. */
export interface ListedDelivery {
  readonly id: string;
  readonly channel: string;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  readonly lastError: string | null;
  /** How many alerts it shows; none for a notice. */
  readonly alerts: number;
  readonly possiblyRepeated: boolean;
  readonly createdAt: number;
  readonly finishedAt: number | null;
}

export type ListedAlert = Selectable<
  Omit<AlertsTable, 'content' | 'log_id' | 'event_type' | 'user_name' | 'address' | 'application'>
>;

/** A list comes newest first, a page at a time; the id of a page's last entry is where the next one goes on. */
export interface Page {
  readonly limit: number;
  readonly after?: string;
}

/** The outbox and its history, for people. */
export class OutboxReader {
  constructor(private readonly db: Kysely<Database>) {}

  alerts(page: Page): Promise<ListedAlert[]> {
    return this.db
      .selectFrom('alerts')
      .select([
        'id',
        'rule',
        'channel',
        'severity',
        'at',
        'created_at',
        'title',
        'log_ids',
        'reason',
        'delivery_id',
      ])
      .$if(page.after !== undefined, (query) => query.where('id', '<', page.after as string))
      .orderBy('id', 'desc')
      .limit(page.limit)
      .execute();
  }

  async deliveries(page: Page, now: number, status?: DeliveryStatus): Promise<ListedDelivery[]> {
    const rows = await this.listed(now)
      .$if(page.after !== undefined, (query) => query.where('deliveries.id', '<', page.after as string))
      .$if(status !== undefined, (query) =>
        query.where((eb) => eb(statusOf(eb, now), '=', status as DeliveryStatus)),
      )
      .orderBy('deliveries.id', 'desc')
      .limit(page.limit)
      .execute();
    return rows.map(({ possibly_repeated, alerts, ...row }) => ({
      ...row,
      alerts: Number(alerts),
      possiblyRepeated: possibly_repeated === 1,
    }));
  }

  async delivery(id: string, now: number): Promise<ListedDelivery | undefined> {
    const row = await this.listed(now).where('deliveries.id', '=', id).executeTakeFirst();
    return row && { ...row, alerts: Number(row.alerts), possiblyRepeated: row.possibly_repeated === 1 };
  }

  private listed(now: number) {
    return this.db
      .selectFrom('deliveries')
      .leftJoin('channel_states', 'channel_states.channel', 'deliveries.channel')
      .select((eb) => [
        'deliveries.id',
        'deliveries.channel',
        statusOf(eb, now).as('status'),
        'deliveries.attempts',
        'deliveries.last_error as lastError',
        'deliveries.possibly_repeated',
        'deliveries.created_at as createdAt',
        'deliveries.finished_at as finishedAt',
        eb
          .selectFrom('alerts')
          .select((inner) => inner.fn.countAll<number>().as('count'))
          .whereRef('alerts.delivery_id', '=', 'deliveries.id')
          .as('alerts'),
      ]);
  }
}

/** What waits for a channel that is held or paused is held itself. */
function statusOf(eb: ExpressionBuilder<Database, 'deliveries' | 'channel_states'>, now: number) {
  return eb
    .case()
    .when(
      eb.and([
        eb('deliveries.status', 'in', ['pending', 'retrying']),
        eb.or([eb('channel_states.paused', 'is not', null), eb('channel_states.held_until', '>', now)]),
      ]),
    )
    .then(sql<DeliveryStatus>`'held'`)
    .else(eb.ref('deliveries.status').$castTo<DeliveryStatus>())
    .end();
}
