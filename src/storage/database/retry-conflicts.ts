import { setTimeout as wait } from 'node:timers/promises';

/**
 * PostgreSQL's codes for a transaction that lost against another one, for one that ended a deadlock, and for one that
 * waited too long for a lock (https://www.postgresql.org/docs/current/errcodes-appendix.html).
 */
const conflictCodes: ReadonlySet<unknown> = new Set(['40001', '40P01', '55P03']);
const attempts = 5;
/** How long the first pause is at most, in ms; each is up to twice as long as the one before. */
const firstPauseMs = 20;

/**
 * Runs a transaction again that PostgreSQL took back in favour of another, which nothing but running it again mends. The
 * pauses are of random length, so that two that lost against each other don't meet again.
 */
export async function retryConflicts<T>(
  transaction: () => Promise<T>,
  pause: (ms: number) => Promise<void> = (ms) => wait(ms),
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === attempts || !conflictCodes.has((error as { code?: unknown }).code)) throw error;
      await pause(Math.random() * firstPauseMs * 2 ** (attempt - 1));
    }
  }
}
