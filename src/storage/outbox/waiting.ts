import { sql, type RawBuilder } from 'kysely';

/**
 * Holds for deliveries that are still to be posted, pending or retrying. It says so by their end and not by their status,
 * as the index of them does: SQLite without statistics would rather use the index that begins with the status.
 */
export const isWaiting: RawBuilder<boolean> = sql<boolean>`deliveries.finished_at is null`;
