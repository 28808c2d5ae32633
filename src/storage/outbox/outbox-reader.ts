import { sql, type ExpressionBuilder, type Kysely, type Selectable } from 'kysely';
import type { DeliveryState, DeliveryStateName } from '../../domain/alerting/delivery-state.js';
import { readState, stateColumns } from './state-columns.js';
import type { Database, DeliveriesTable, StoredDeliveryStatus } from '../database/schema.js';

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
  /** Where it stands; null for a notice, which nobody has to do anything about. */
  readonly state: DeliveryState | null;
}

/** A list comes newest first, a page at a time; the id of a page's last entry is where the next one goes on. */
export interface Page {
  readonly limit: number;
  readonly after?: string;
}

/** Which deliveries are wanted. */
export interface DeliveryFilter {
  readonly status?: DeliveryStatus;
  readonly state?: DeliveryStateName;
}

/** Deliveries of one stored status and state, in some channels or in all but some. */
interface Wanted {
  readonly stored?: StoredDeliveryStatus;
  readonly state?: DeliveryStateName;
  readonly in?: readonly string[];
  readonly notIn?: readonly string[];
}

/** The outbox, for people. */
export class OutboxReader {
  constructor(private readonly db: Kysely<Database>) {}

  /** A status is looked up as it is stored, so that a page costs only what it shows, however long the table is. */
  async deliveries(
    page: Page,
    now: number,
    { status, state }: DeliveryFilter = {},
  ): Promise<ListedDelivery[]> {
    if (status === undefined) return this.listedPage(page, now, { state });
    if (status === 'delivered' || status === 'dead')
      return this.listedPage(page, now, { stored: status, state });
    const held = await this.heldChannels(now);
    if (status !== 'held') return this.listedPage(page, now, { stored: status, notIn: held, state });
    if (held.length === 0) return [];
    const pending = await this.listedPage(page, now, { stored: 'pending', in: held, state });
    const retrying = await this.listedPage(page, now, { stored: 'retrying', in: held, state });
    return [...pending, ...retrying].sort((a, b) => (a.id > b.id ? -1 : 1)).slice(0, page.limit);
  }

  async delivery(id: string, now: number): Promise<ListedDelivery | undefined> {
    const row = await this.listed(now).where('deliveries.id', '=', id).executeTakeFirst();
    return row && listedDelivery(row);
  }

  private async listedPage(page: Page, now: number, wanted: Wanted = {}): Promise<ListedDelivery[]> {
    const rows = await this.listed(now)
      .$if(page.after !== undefined, (query) => query.where('deliveries.id', '<', page.after as string))
      .$if(wanted.stored !== undefined, (query) =>
        query.where('deliveries.status', '=', wanted.stored as StoredDeliveryStatus),
      )
      .$if(wanted.in !== undefined, (query) => query.where('deliveries.channel', 'in', wanted.in ?? []))
      .$if((wanted.notIn ?? []).length > 0, (query) =>
        query.where('deliveries.channel', 'not in', wanted.notIn ?? []),
      )
      .$if(wanted.state === 'open', (query) =>
        query
          .where('deliveries.notice', 'is', null)
          .where((eb) => eb.or([eb('deliveries.state', 'is', null), eb('deliveries.state', '=', 'open')])),
      )
      .$if(wanted.state !== undefined && wanted.state !== 'open', (query) =>
        query.where('deliveries.state', '=', wanted.state as DeliveryStateName),
      )
      .orderBy('deliveries.id', 'desc')
      .limit(page.limit)
      .execute();
    return rows.map(listedDelivery);
  }

  private async heldChannels(now: number): Promise<readonly string[]> {
    const rows = await this.db
      .selectFrom('channel_states')
      .select('channel')
      .where((eb) => eb.or([eb('paused', 'is not', null), eb('held_until', '>', now)]))
      .execute();
    return rows.map((row) => row.channel);
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
        'deliveries.notice',
        ...stateColumns,
        eb
          .selectFrom('alerts')
          .select((inner) => inner.fn.countAll<number>().as('count'))
          .whereRef('alerts.delivery_id', '=', 'deliveries.id')
          .as('alerts'),
      ]);
  }
}

type ListedRow = Omit<ListedDelivery, 'possiblyRepeated' | 'alerts' | 'state'> &
  Pick<
    Selectable<DeliveriesTable>,
    'possibly_repeated' | 'notice' | 'state' | 'state_by' | 'state_at' | 'resolution' | 'state_note'
  > & { readonly alerts: number | null };

function listedDelivery(row: ListedRow): ListedDelivery {
  return {
    id: row.id,
    channel: row.channel,
    status: row.status,
    attempts: row.attempts,
    lastError: row.lastError,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    alerts: Number(row.alerts),
    possiblyRepeated: row.possibly_repeated === 1,
    state: row.notice === null ? readState(row) : null,
  };
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
