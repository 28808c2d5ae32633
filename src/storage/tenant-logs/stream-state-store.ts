import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.js';

/** What is known of the router's own log stream. */
export interface StreamState {
  /** The stream as it was seen last, as JSON; undefined before it was seen. */
  readonly stream: string | undefined;
  /** When the streams were asked for last, with success, in ms since the epoch. */
  readonly seenAt: number | undefined;
  /** What is wrong, as JSON; undefined: nothing. */
  readonly problem: string | undefined;
}

/** What is known of the log stream that points at this router, shared by all replicas. */
export class StreamStateStore {
  constructor(
    private readonly db: Kysely<Database>,
    private readonly tenant: string,
  ) {}

  async read(): Promise<StreamState | undefined> {
    const row = await this.db
      .selectFrom('tenant_logs')
      .select(['stream', 'stream_seen_at', 'stream_problem'])
      .where('tenant', '=', this.tenant)
      .executeTakeFirst();
    return (
      row && {
        stream: row.stream ?? undefined,
        seenAt: row.stream_seen_at ?? undefined,
        problem: row.stream_problem ?? undefined,
      }
    );
  }

  /** @returns whether nobody else has written since `before` was read, so that of several replicas one notifies ops */
  async write(before: StreamState, after: StreamState): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('tenant_logs')
      .set({
        stream: after.stream ?? null,
        stream_seen_at: after.seenAt ?? null,
        stream_problem: after.problem ?? null,
      })
      .where('tenant', '=', this.tenant)
      .where('stream', 'is not distinct from', before.stream ?? null)
      .where('stream_problem', 'is not distinct from', before.problem ?? null)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows) > 0;
  }
}
