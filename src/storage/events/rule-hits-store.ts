import { sql, type Kysely } from 'kysely';
import { RuleHits } from '../../domain/stores.js';
import { chunks } from '../database/rows.js';
import type { Database, RuleHitsTable } from '../database/schema.js';

export class RuleHitsStore extends RuleHits {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async add(hits: ReadonlyMap<string, number>, now: number): Promise<void> {
    // Rows are always written in the same order, so that two replicas can't wait for each other.
    const rows = [...hits]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([rule, count]) => ({ rule, hits: count, last_hit: now }));
    for (const chunk of chunks(rows)) {
      await this.db
        .insertInto('rule_hits')
        .values(chunk)
        .onConflict((conflict) =>
          conflict
            .column('rule')
            .doUpdateSet({ hits: sql`rule_hits.hits + excluded.hits`, last_hit: sql`excluded.last_hit` }),
        )
        .execute();
    }
  }

  async all(): Promise<ReadonlyMap<string, RuleHitsTable>> {
    const rows = await this.db.selectFrom('rule_hits').selectAll().orderBy('rule').execute();
    return new Map(rows.map((row) => [row.rule, row]));
  }
}
