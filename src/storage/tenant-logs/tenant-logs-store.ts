import type { Kysely } from 'kysely';
import type { LogPosition } from '../../domain/stores.js';
import type { Database } from '../database/schema.js';

/** What keeps a tenant's logs from being read. */
export interface ReadFailure {
  readonly kind: string;
  readonly error: string;
  /** Since when nothing could be read, in ms since the epoch. */
  readonly since: number;
  /** Whether ops were notified. */
  readonly told: boolean;
}

export interface TenantLogsState {
  readonly position: LogPosition;
  /** Whether Auth0 has more events after the position. */
  readonly behind: boolean;
  /** When reading came to the newest event last. */
  readonly caughtUpAt: number | undefined;
  readonly failure: ReadFailure | undefined;
}

/** What is known of one tenant's logs, shared by all replicas. */
export class TenantLogsStore {
  constructor(
    private readonly db: Kysely<Database>,
    private readonly tenant: string,
  ) {}

  /** Begins at a position, unless there is one already. */
  async begin({ logId, at }: LogPosition): Promise<void> {
    await this.db
      .insertInto('tenant_logs')
      .values({ tenant: this.tenant, position: logId ?? null, position_at: at })
      .onConflict((conflict) => conflict.column('tenant').doNothing())
      .execute();
  }

  /** Undefined before the first {@link begin}. */
  async read(): Promise<TenantLogsState | undefined> {
    const row = await this.db
      .selectFrom('tenant_logs')
      .select([
        'position',
        'position_at',
        'behind',
        'caught_up_at',
        'failure',
        'failure_error',
        'failure_since',
        'failure_told',
      ])
      .where('tenant', '=', this.tenant)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    return {
      position: { logId: row.position ?? undefined, at: row.position_at },
      behind: row.behind === 1,
      caughtUpAt: row.caught_up_at ?? undefined,
      failure:
        row.failure === null
          ? undefined
          : {
              kind: row.failure,
              error: row.failure_error ?? '',
              since: row.failure_since ?? 0,
              told: row.failure_told === 1,
            },
    };
  }

  async caughtUp(now: number): Promise<void> {
    await this.db
      .updateTable('tenant_logs')
      .set({ caught_up_at: now, behind: 0 })
      .where('tenant', '=', this.tenant)
      .execute();
  }

  /** @returns whether it was another before, so that of several replicas one notifies ops */
  async setFailure(before: ReadFailure | undefined, after: ReadFailure | undefined): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('tenant_logs')
      .set({
        failure: after?.kind ?? null,
        failure_error: after?.error ?? null,
        failure_since: after?.since ?? null,
        failure_told: after?.told === true ? 1 : 0,
      })
      .where('tenant', '=', this.tenant)
      .where('failure', 'is not distinct from', before?.kind ?? null)
      .where('failure_told', '=', before?.told === true ? 1 : 0)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows) > 0;
  }
}
