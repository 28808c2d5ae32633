import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, Selectable } from 'kysely';
import type { AlertContent, Severity } from '../../domain/alert.js';
import type {
  DeliveryState,
  DeliveryStateName,
  StateHistoryEntry,
} from '../../domain/alerting/delivery-state.js';
import type { Reason } from '../../domain/alerting/decision.js';
import type { AlertsTable, Database } from '../database/schema.js';
import { readContent } from './alert-content.js';
import { readState, stateColumns } from './state-columns.js';
import { stateHistory } from './state-history.js';
import type { Page } from './outbox-reader.js';

const columns = [
  'id',
  'rule',
  'channel',
  'severity',
  'at',
  'title',
  'log_ids',
  'reason',
  'delivery_id',
  'event_type',
  'user_name',
  'address',
  'application',
] as const satisfies readonly (keyof AlertsTable)[];

const qualified = columns.map((column) => `alerts.${column}` as const);

export interface ListedAlert extends Selectable<Pick<AlertsTable, (typeof columns)[number]>> {
  /** That of the message that shows it; null where none does. */
  readonly state: DeliveryState | null;
}

/** What must hold of the alerts of a list, all of it. */
export interface AlertFilter {
  readonly rule?: string;
  readonly channel?: string;
  readonly severity?: Severity;
  readonly reason?: Reason;
  readonly user?: string;
  readonly ip?: string;
  readonly type?: string;
  readonly state?: DeliveryStateName;
  /** A part of the title, whatever its case. */
  readonly q?: string;
  /** The event's own time, in ms since the epoch, both ends included. */
  readonly from?: number;
  readonly to?: number;
}

/**
 * How many alerts one statement looks at. SQLite answers without a turn of the event loop, so that a rare alert in a long
 * history is looked for in many short statements.
 */
const rowsAtOnce = 2_000;

/** The history of alerts, for people. */
export class AlertsReader {
  constructor(private readonly db: Kysely<Database>) {}

  /** Newest first. */
  async list(page: Page, filter: AlertFilter = {}): Promise<readonly ListedAlert[]> {
    const found: ListedAlert[] = [];
    let after = page.after;
    // A page without a filter needs no more than it shows.
    const atOnce = Object.values(filter).some((wanted) => wanted !== undefined) ? rowsAtOnce : page.limit;
    for (;;) {
      const rows = await this.newest(after, atOnce);
      found.push(...rows.filter((row) => holds(row, filter)));
      const last = rows.at(-1);
      if (found.length >= page.limit || last === undefined || rows.length < atOnce)
        return found.slice(0, page.limit);
      after = last.id;
      await nextTurn();
    }
  }

  /** One alert with all that its message says of it. */
  async find(id: string): Promise<(ListedAlert & { readonly shown: AlertContent }) | undefined> {
    const row = await this.db
      .selectFrom('alerts')
      .leftJoin('rule_texts', 'rule_texts.id', 'alerts.rule_texts')
      .leftJoin('deliveries', 'deliveries.id', 'alerts.delivery_id')
      .select(qualified)
      .select(['content', 'texts', 'deliveries.id as delivery', ...stateColumns])
      .where('alerts.id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { content, texts, ...listed } = row;
    return { ...listedOf(listed), shown: readContent({ content, texts }) };
  }

  /** What people did about the message that shows an alert, the first change first. */
  stateHistory(delivery: string): Promise<readonly StateHistoryEntry[]> {
    return stateHistory(this.db, delivery);
  }

  private async newest(after: string | undefined, limit: number): Promise<ListedAlert[]> {
    const rows = await this.db
      .selectFrom('alerts')
      .leftJoin('deliveries', 'deliveries.id', 'alerts.delivery_id')
      .select(qualified)
      .select(['deliveries.id as delivery', ...stateColumns])
      .$if(after !== undefined, (query) => query.where('alerts.id', '<', after as string))
      .orderBy('alerts.id', 'desc')
      .limit(limit)
      .execute();
    return rows.map(listedOf);
  }
}

type AlertRow = Selectable<Pick<AlertsTable, (typeof columns)[number]>> &
  Parameters<typeof readState>[0] & { readonly delivery: string | null };

function listedOf({ delivery, ...row }: AlertRow): ListedAlert {
  const { state, state_by, state_at, resolution, state_note, ...alert } = row;
  const stored = { state, state_by, state_at, resolution, state_note };
  return { ...alert, state: delivery === null ? null : readState(stored) };
}

function holds(row: ListedAlert, filter: AlertFilter): boolean {
  return (
    is(row.rule, filter.rule) &&
    is(row.channel, filter.channel) &&
    is(row.severity, filter.severity) &&
    is(row.reason, filter.reason) &&
    is(row.user_name, filter.user) &&
    is(row.address, filter.ip) &&
    is(row.event_type, filter.type) &&
    is(row.state?.state ?? null, filter.state) &&
    (filter.q === undefined || row.title.toLowerCase().includes(filter.q.toLowerCase())) &&
    row.at >= (filter.from ?? Number.NEGATIVE_INFINITY) &&
    row.at <= (filter.to ?? Number.POSITIVE_INFINITY)
  );
}

function is(value: string | null, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted;
}
