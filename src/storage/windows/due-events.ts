import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.js';

/** The events of `missing` windows whose deadline has passed, for the clock to look at without a transaction. */
export class DueEvents {
  constructor(private readonly db: Kysely<Database>) {}

  async any(now: number): Promise<boolean> {
    const row = await this.db
      .selectFrom('window_events')
      .select('key_id')
      .where('due_at', '<=', now)
      .limit(1)
      .executeTakeFirst();
    return row !== undefined;
  }
}
