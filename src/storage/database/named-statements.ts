import { createHash } from 'node:crypto';
import type { PostgresCursor, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import type { PoolClient } from 'pg';
import { postgresRows } from './rows.js';

const names = new Map<string, string>();
const wrapped = new WeakMap<PoolClient, PostgresPoolClient>();

/**
 * A connection on which PostgreSQL keeps the statements whose rows come as one parameter: it takes longer to read and plan
 * one than to run it, and the same few are run again and again.
 */
export function namingStatements(client: PoolClient): PostgresPoolClient {
  const known = wrapped.get(client);
  if (known !== undefined) return known;
  function query<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>;
  function query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>;
  function query(text: unknown, values: readonly unknown[] = []): unknown {
    if (typeof text !== 'string') throw new TypeError('nothing is read through cursors');
    return client.query({ text, values: [...values], name: nameOf(text) });
  }
  const naming: PostgresPoolClient = { query, release: () => client.release() };
  wrapped.set(client, naming);
  return naming;
}

/**
 * Undefined where the statement is not to be kept. One that asks for all columns would fail from the moment on when a
 * newer version has added one.
 */
export function nameOf(text: string): string | undefined {
  if (!text.includes(postgresRows) || text.includes('*')) return undefined;
  const known = names.get(text);
  if (known !== undefined) return known;
  const name = `rows-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
  names.set(text, name);
  return name;
}
