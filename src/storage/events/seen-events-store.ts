import { sql, type Kysely } from 'kysely';
import { SeenEvents } from '../../domain/stores.js';
import { jsonRows } from '../database/rows.js';
import type { Database } from '../database/schema.js';

export class SeenEventsStore extends SeenEvents {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async record(logIds: readonly string[], now: number): Promise<ReadonlySet<string>> {
    if (logIds.length === 0) return new Set();
    const rows = logIds.map((logId) => ({ log_id: logId }));
    // Rows are always written in the same order, so that two replicas can't wait for each other.
    const { rows: unseen } = await sql<{ log_id: string }>`
      insert into seen_events (log_id, seen_at)
      select log_id, ${now} from ${jsonRows(this.db, { log_id: 'text' }, rows)} as received
      where true order by log_id
      on conflict (log_id) do nothing
      returning log_id
    `.execute(this.db);
    return new Set(unseen.map((row) => row.log_id));
  }
}
