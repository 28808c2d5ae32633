import { SqliteFailure } from './sqlite-failure.js';

/** Node's codes of a connection that could not be made or was lost. */
const networkCodes: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);
/**
 * PostgreSQL's codes (its appendix A): connection exceptions, insufficient resources (a full disk, no memory, too many
 * connections), operator intervention (shutdown, a terminated session, a statement ended for time), a server that only
 * reads (a standby), a failure of its disk, and a lock that was not had in time.
 */
const serverCode = /^(08...|53...|57...|58030|55P03|25P03|25006)$/;
/** What `pg` says without a code. */
const words =
  /connection terminated|connection ended|connection timeout|timeout expired|timeout exceeded|query read timeout|not queryable|client was closed/i;

/**
 * Whether an operation failed because of its connection to PostgreSQL or because of SQLite's file, so that any other would
 * fail just now, too.
 */
export function isConnectionFailure(error: unknown): boolean {
  if (error instanceof AggregateError) return error.errors.some(isConnectionFailure);
  if (error instanceof SqliteFailure) return true;
  if (!(error instanceof Error)) return false;
  const { code } = error as { readonly code?: unknown };
  if (networkCodes.has(code)) return true;
  return typeof code === 'string' ? serverCode.test(code) : words.test(error.message);
}
