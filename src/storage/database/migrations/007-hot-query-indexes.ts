import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Indexes, which hinder no older version. */
export const oldest = 5;

/**
 * Indexes that hold only the rows that a query needs, so that what waits is found among any number of rows that have
 * served their time, and a row that no query looks for costs its insert nothing. On PostgreSQL writes to a table wait while
 * its indexes are made.
 */
const made = [
  'deliveries_waiting on deliveries (channel, next_at, id) where finished_at is null',
  'deliveries_by_status on deliveries (status, id, channel)',
  'deliveries_ended on deliveries (status, finished_at) where finished_at is not null',
  'deliveries_in_threads on deliveries (thread_of) where thread_of is not null',
  'alerts_shown on alerts (delivery_id) where delivery_id is not null',
  'alerts_suppressed on alerts (created_at) where delivery_id is null',
  'throttles_told on throttles (summary_at) where held = 0',
  'throttles_untold on throttles (summary_at) where held > 0',
  'window_events_due on window_events (due_at, key_id) where due_at is not null',
];

/** Their places are taken by those above. */
const replaced = [
  'deliveries_by_channel',
  'deliveries_by_end',
  'deliveries_by_thread',
  'alerts_by_delivery',
  'alerts_by_time',
  'throttles_by_summary',
  'window_events_by_due',
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const index of made) await sql.raw(`create index if not exists ${index}`).execute(db);
  for (const name of replaced) await sql.raw(`drop index if exists ${name}`).execute(db);
}
