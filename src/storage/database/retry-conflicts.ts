/** PostgreSQL's codes for a transaction that lost against another one, and for one that ended a deadlock. */
const conflictCodes: ReadonlySet<unknown> = new Set(['40001', '40P01']);
const attempts = 5;

/** Runs a transaction again that PostgreSQL took back in favour of another, which nothing but running it again mends. */
export async function retryConflicts<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === attempts || !conflictCodes.has((error as { code?: unknown }).code)) throw error;
    }
  }
}
