import { sql, type Kysely } from 'kysely';
import { RuleHits } from '../../domain/stores.js';
import { jsonRows } from '../database/rows.js';
import type { Database } from '../database/schema.js';

/** How often a rule matched, and when last, in ms since the epoch. */
export interface RuleHitCount {
  readonly rule: string;
  readonly hits: number;
  readonly last_hit: number;
}

const columns = { rule: 'text', hits: 'bigint' } as const;

export class RuleHitsStore extends RuleHits {
  /** @param writer whose rows are counted up: no two transactions that run at the same time have the same */
  constructor(
    private readonly db: Kysely<Database>,
    private readonly writer = '',
  ) {
    super();
  }

  override async add(hits: ReadonlyMap<string, number>, now: number): Promise<void> {
    if (hits.size === 0) return;
    const rows = [...hits].map(([rule, count]) => ({ rule, hits: count }));
    await sql`
      insert into rule_hits (rule, writer, hits, last_hit)
      select rule, ${this.writer}, hits, ${now} from ${jsonRows(this.db, columns, rows)} as added
      where true order by rule
      on conflict (rule, writer) do update set
        hits = rule_hits.hits + excluded.hits,
        last_hit = excluded.last_hit
    `.execute(this.db);
  }

  async all(): Promise<ReadonlyMap<string, RuleHitCount>> {
    const rows = await this.db
      .selectFrom('rule_hits')
      .select(['rule', sql<number>`cast(sum(hits) as bigint)`.as('hits')])
      .select((eb) => eb.fn.max('last_hit').as('last_hit'))
      .groupBy('rule')
      .orderBy('rule')
      .execute();
    return new Map(rows.map((row) => [row.rule, row]));
  }
}
