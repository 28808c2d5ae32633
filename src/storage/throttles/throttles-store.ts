import { sql, type Kysely } from 'kysely';
import { throttleId, Throttles, type OpenedBy, type StoredThrottle } from '../../domain/stores.js';
import { jsonRows } from '../database/rows.js';
import type { AlertsTable, Database, ThrottlesTable } from '../database/schema.js';
import { storedKey } from '../outbox/stored-key.js';

const keyColumns = { rule: 'text', key: 'text' } as const;
const stateColumns = {
  ...keyColumns,
  rule_hash: 'text',
  until: 'bigint',
  summary_at: 'bigint',
  suppressed: 'bigint',
  suppressed_since: 'bigint',
  last_alert: 'text',
  opened_by: 'text',
} as const;

export class ThrottlesStore extends Throttles {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async load(
    keys: readonly { readonly rule: string; readonly key: string }[],
  ): Promise<ReadonlyMap<string, StoredThrottle>> {
    const found = new Map<string, StoredThrottle>();
    const wanted = keys.map(({ rule, key }) => ({ rule, key, stored: storedKey(key) }));
    const rows = await this.lock(wanted.map(({ rule, stored }) => ({ rule, key: stored })));
    const byId = new Map(rows.map((row) => [throttleId(row), row]));
    const openings = await this.openings(rows.map((row) => row.opened_by));
    for (const { rule, key, stored } of wanted) {
      const row = byId.get(throttleId({ rule, key: stored }));
      if (row === undefined || row.rule_hash === '') continue;
      found.set(throttleId({ rule, key }), {
        rule,
        key,
        ruleHash: row.rule_hash,
        state: {
          until: row.until,
          suppressed: row.suppressed,
          suppressedSince: row.suppressed_since ?? undefined,
        },
        summaryAt: row.summary_at,
        lastSuppressed: row.last_alert === null ? [] : (JSON.parse(row.last_alert) as string[]),
        openedBy: openings.get(row.opened_by) ?? {},
      });
    }
    return found;
  }

  /**
   * Writing before reading makes a replica that works on the same keys wait until this transaction ends. Rows are locked in
   * the order of their keys, so that two replicas can't wait for each other.
   */
  private async lock(
    keys: readonly { readonly rule: string; readonly key: string }[],
  ): Promise<readonly ThrottlesTable[]> {
    const { rows } = await sql<ThrottlesTable>`
      insert into throttles (rule, key, rule_hash, until, summary_at, suppressed, opened_by)
      select rule, key, '', 0, 0, 0, '{}' from ${jsonRows(this.db, keyColumns, keys)} as wanted
      where true order by rule, key
      on conflict (rule, key) do update set suppressed = throttles.suppressed
      returning rule, key, rule_hash, until, summary_at, suppressed, suppressed_since, last_alert, opened_by
    `.execute(this.db);
    return rows;
  }

  /**
   * By what is stored, the ids of alerts by channel. An alert is where its delivery is, whatever that was merged into. Where
   * it is gone with its message, or an older version has stored the delivery itself, its id stands for the delivery.
   */
  private async openings(stored: readonly string[]): Promise<ReadonlyMap<string, OpenedBy>> {
    const read = [...new Set(stored)].map(
      (text) => [text, Object.entries(JSON.parse(text) as Record<string, string>)] as const,
    );
    const deliveries = new Map<string, string | null>();
    const ids = [...new Set(read.flatMap(([, entries]) => entries.map(([, id]) => id)))];
    if (ids.length > 0) {
      const { rows } = await sql<Pick<AlertsTable, 'id' | 'delivery_id'>>`
        select alerts.id, alerts.delivery_id
        from ${jsonRows(
          this.db,
          { id: 'text' },
          ids.map((id) => ({ id })),
        )} as wanted
        cross join alerts where alerts.id = wanted.id
      `.execute(this.db);
      for (const { id, delivery_id } of rows) deliveries.set(id, delivery_id);
    }
    return new Map(
      read.map(([text, entries]) => [
        text,
        Object.fromEntries(
          entries.map(([channel, alert]) => [channel, { alert, delivery: deliveries.get(alert) ?? alert }]),
        ),
      ]),
    );
  }

  override async save(throttles: readonly StoredThrottle[]): Promise<void> {
    const rows = throttles.map(({ rule, key, ruleHash, state, summaryAt, lastSuppressed, openedBy }) => ({
      rule,
      key: storedKey(key),
      rule_hash: ruleHash,
      until: state.until,
      summary_at: summaryAt,
      suppressed: state.suppressed,
      suppressed_since: state.suppressedSince ?? null,
      last_alert: JSON.stringify(lastSuppressed),
      opened_by: JSON.stringify(
        Object.fromEntries(Object.entries(openedBy).map(([channel, { alert }]) => [channel, alert])),
      ),
    }));
    await sql`
      insert into throttles (
        rule, key, rule_hash, until, summary_at, suppressed, suppressed_since, last_alert, opened_by
      )
      select rule, key, rule_hash, until, summary_at, suppressed, suppressed_since, last_alert, opened_by
      from ${jsonRows(this.db, stateColumns, rows)} as changed
      where true order by rule, key
      on conflict (rule, key) do update set
        rule_hash = excluded.rule_hash,
        until = excluded.until,
        summary_at = excluded.summary_at,
        suppressed = excluded.suppressed,
        suppressed_since = excluded.suppressed_since,
        last_alert = excluded.last_alert,
        opened_by = excluded.opened_by
    `.execute(this.db);
  }
}
