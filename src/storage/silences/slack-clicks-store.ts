import type { Kysely } from 'kysely';
import { SlackClicks } from '../../domain/stores.js';
import type { Database } from '../database/schema.js';

export class SlackClicksStore extends SlackClicks {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  override async record(signature: string, now: number): Promise<boolean> {
    const row = await this.db
      .insertInto('slack_clicks')
      .values({ signature, taken_at: now })
      .onConflict((conflict) => conflict.column('signature').doNothing())
      .returning('signature')
      .executeTakeFirst();
    return row !== undefined;
  }
}

/** How many rows one statement deletes, so that it never holds up a batch for long. */
const batchRows = 200;

/** Forgets one batch of the clicks that were taken before a moment, in ms since the epoch, and says whether more are left. */
export async function pruneSlackClicks(db: Kysely<Database>, before: number): Promise<boolean> {
  const old = db
    .selectFrom('slack_clicks')
    .select('signature')
    .where('taken_at', '<', before)
    .limit(batchRows);
  const { numDeletedRows } = await db
    .deleteFrom('slack_clicks')
    .where('signature', 'in', old)
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows) >= batchRows;
}
