import type { Kysely } from 'kysely';
import { LogPositions, type LogPosition } from '../../domain/stores.js';
import type { Database } from '../database/schema.js';

export class LogPositionsStore extends LogPositions {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async move(tenant: string, from: LogPosition, to: LogPosition, behind: boolean): Promise<boolean> {
    const { numUpdatedRows } = await this.db
      .updateTable('tenant_logs')
      .set({ position: to.logId ?? null, position_at: to.at, behind: behind ? 1 : 0 })
      .where('tenant', '=', tenant)
      .where('position', 'is not distinct from', from.logId ?? null)
      .where('position_at', '=', from.at)
      .executeTakeFirstOrThrow();
    return Number(numUpdatedRows) > 0;
  }
}
