import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Kysely, Selectable } from 'kysely';
import type { AlertContent, Severity } from '../../domain/alert.js';
import type { Reason } from '../../domain/alerting/decision.js';
import type { AlertsTable, Database } from '../database/schema.js';
import { readContent } from './alert-content.js';
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

export type ListedAlert = Selectable<Pick<AlertsTable, (typeof columns)[number]>>;

/** What must hold of the alerts of a list, all of it. */
export interface AlertFilter {
  readonly rule?: string;
  readonly channel?: string;
  readonly severity?: Severity;
  readonly reason?: Reason;
  readonly user?: string;
  readonly ip?: string;
  readonly type?: string;
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
      .select(columns.map((column) => `alerts.${column}` as const))
      .select(['content', 'texts'])
      .where('alerts.id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const { content, texts, ...listed } = row;
    return { ...listed, shown: readContent({ content, texts }) };
  }

  private newest(after: string | undefined, limit: number): Promise<ListedAlert[]> {
    return this.db
      .selectFrom('alerts')
      .select(columns)
      .$if(after !== undefined, (query) => query.where('id', '<', after as string))
      .orderBy('id', 'desc')
      .limit(limit)
      .execute();
  }
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
    (filter.q === undefined || row.title.toLowerCase().includes(filter.q.toLowerCase())) &&
    row.at >= (filter.from ?? Number.NEGATIVE_INFINITY) &&
    row.at <= (filter.to ?? Number.POSITIVE_INFINITY)
  );
}

function is(value: string | null, wanted: string | undefined): boolean {
  return wanted === undefined || value === wanted;
}
