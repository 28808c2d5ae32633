import { sql, type Kysely, type RawBuilder } from 'kysely';
import type { Database } from '../database/schema.js';
import { isWaiting } from './waiting.js';

/** A hold that ends within this time, in ms, is waited for, and so is a notice that is younger. */
const shortHoldMs = 60_000;
/** So long, in ms, a notice is tried again before it goes elsewhere. */
const triedLongMs = 300_000;

/**
 * Moves notices out of a channel that can't take them: all that wait while it is paused or held for long, and those that
 * have been tried for minutes. A paused channel is still probed by its next notice. Returns how many.
 */
export async function moveNotices(
  db: Kysely<Database>,
  channel: string,
  to: string,
  now: number,
): Promise<number> {
  const state = await db
    .selectFrom('channel_states')
    .select(['held_until', 'paused'])
    .where('channel', '=', channel)
    .executeTakeFirst();
  const toMove = sql<boolean>`deliveries.channel = ${channel} and ${isWaiting} and next_at >= 0
    and notice is not null and follow_up is null and follows is null and thread_of is null and ${stuck(state, now)}`;
  // Nearly always there is none, and an update would keep others from writing even then.
  if ((await db.selectFrom('deliveries').select('id').where(toMove).limit(1).execute()).length === 0)
    return 0;
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({ channel: to, status: 'pending', attempts: 0, plain: 0, next_at: now, first_tried_at: null })
    .where(toMove)
    .executeTakeFirstOrThrow();
  return Number(numUpdatedRows);
}

function stuck(
  state: { readonly held_until: number; readonly paused: string | null } | undefined,
  now: number,
): RawBuilder<boolean> {
  const heldFor = (state?.held_until ?? 0) - now;
  if (heldFor > shortHoldMs || (heldFor > 0 && state?.paused != null)) return sql<boolean>`1 = 1`;
  const triedLong = sql<boolean>`first_tried_at <= ${now - triedLongMs}`;
  return heldFor > 0 ? sql<boolean>`(${triedLong} or created_at <= ${now - shortHoldMs})` : triedLong;
}
