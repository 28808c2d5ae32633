import type { Kysely } from 'kysely';
import { SeenEvents } from '../../domain/stores.js';
import { chunks } from '../database/rows.js';
import type { Database } from '../database/schema.js';

export class SeenEventsStore extends SeenEvents {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async record(logIds: readonly string[], now: number): Promise<ReadonlySet<string>> {
    const unseen = new Set<string>();
    // Rows are always written in the same order, so that two replicas can't wait for each other.
    for (const chunk of chunks(logIds.toSorted())) {
      const rows = await this.db
        .insertInto('seen_events')
        .values(chunk.map((logId) => ({ log_id: logId, seen_at: now })))
        .onConflict((conflict) => conflict.column('log_id').doNothing())
        .returning('log_id')
        .execute();
      for (const row of rows) unseen.add(row.log_id);
    }
    return unseen;
  }
}
