import { sql, type Kysely } from 'kysely';
import { throttleId, Throttles, type OpenedBy, type StoredThrottle } from '../../domain/stores.js';
import { chunks } from '../database/rows.js';
import type { Database } from '../database/schema.js';
import { storedKey } from '../outbox/stored-key.js';

export class ThrottlesStore extends Throttles {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async load(
    keys: readonly { readonly rule: string; readonly key: string }[],
  ): Promise<ReadonlyMap<string, StoredThrottle>> {
    const found = new Map<string, StoredThrottle>();
    const wanted = keys.map(({ rule, key }) => ({ rule, key, stored: storedKey(key) })).sort(byRuleAndKey);
    for (const chunk of chunks(wanted)) {
      // Writing before reading makes a replica that works on the same keys wait until this transaction ends.
      const rows = await this.db
        .insertInto('throttles')
        .values(
          chunk.map(({ rule, stored }) => ({
            rule,
            key: stored,
            rule_hash: '',
            until: 0,
            summary_at: 0,
            suppressed: 0,
            suppressed_since: null,
            last_alert: null,
            opened_by: '{}',
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['rule', 'key']).doUpdateSet({ suppressed: sql`throttles.suppressed` }),
        )
        .returningAll()
        .execute();
      const byId = new Map(rows.map((row) => [throttleId(row), row]));
      const openings = await this.openings(rows.map((row) => row.opened_by));
      for (const { rule, key, stored } of chunk) {
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
          lastHeld: row.last_alert === null ? [] : (JSON.parse(row.last_alert) as string[]),
          openedBy: openings.get(row.opened_by) ?? {},
        });
      }
    }
    return found;
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
    for (const chunk of chunks([...new Set(read.flatMap(([, entries]) => entries.map(([, id]) => id)))])) {
      const rows = await this.db
        .selectFrom('alerts')
        .select(['id', 'delivery_id'])
        .where('id', 'in', chunk)
        .execute();
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
    const rows = throttles
      .map(({ rule, key, ruleHash, state, summaryAt, lastHeld, openedBy }) => ({
        rule,
        key: storedKey(key),
        rule_hash: ruleHash,
        until: state.until,
        summary_at: summaryAt,
        suppressed: state.suppressed,
        suppressed_since: state.suppressedSince ?? null,
        last_alert: JSON.stringify(lastHeld),
        opened_by: JSON.stringify(
          Object.fromEntries(Object.entries(openedBy).map(([channel, { alert }]) => [channel, alert])),
        ),
      }))
      .sort(byRuleAndKey);
    for (const chunk of chunks(rows)) {
      await this.db
        .insertInto('throttles')
        .values(chunk)
        .onConflict((conflict) =>
          conflict.columns(['rule', 'key']).doUpdateSet((eb) => ({
            rule_hash: eb.ref('excluded.rule_hash'),
            until: eb.ref('excluded.until'),
            summary_at: eb.ref('excluded.summary_at'),
            suppressed: eb.ref('excluded.suppressed'),
            suppressed_since: eb.ref('excluded.suppressed_since'),
            last_alert: eb.ref('excluded.last_alert'),
            opened_by: eb.ref('excluded.opened_by'),
          })),
        )
        .execute();
    }
  }
}

/** Always the same order, so that two replicas can't wait for each other. */
export function byRuleAndKey(
  a: { readonly rule: string; readonly key: string },
  b: { readonly rule: string; readonly key: string },
): number {
  return a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.key < b.key ? -1 : 1;
}
