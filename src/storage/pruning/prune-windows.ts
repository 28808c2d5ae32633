import type { Kysely } from 'kysely';
import { isPostgres, skipLocked } from '../database/dialect.js';
import { chunks } from '../database/rows.js';
import type { Database } from '../database/schema.js';

/** How many keys one statement deletes, so that a prune never holds up a batch for long. */
const batchRows = 200;

/** A replica that has not reloaded yet still uses what another has replaced. */
const graceMs = 3_600_000;

/**
 * Deletes a batch of keys that have expired, one of keys of rules no longer in force, and one of event data that no
 * window needs any more. Says whether more is left.
 */
export async function pruneWindows(db: Kysely<Database>, now: number): Promise<boolean> {
  const deleted = [
    await deleteExpired(db, now),
    await deleteReplaced(db, now - graceMs),
    await deleteSamples(db, now),
  ];
  return deleted.some((count) => count >= batchRows);
}

/** The data of an event that waits to be followed stays: its alert may come late. */
async function deleteSamples(db: Kysely<Database>, now: number): Promise<number> {
  const ended = db
    .selectFrom('window_samples')
    .select('log_id')
    .where('keep_until', '<', now)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('window_events')
            .select('window_events.log_id')
            .whereRef('window_events.log_id', '=', 'window_samples.log_id')
            .where('window_events.due_at', 'is not', null),
        ),
      ),
    )
    .orderBy('keep_until')
    .limit(batchRows)
    .$if(isPostgres(db), skipLocked);
  const deleted = await db
    .deleteFrom('window_samples')
    .where('log_id', 'in', ended)
    .where('keep_until', '<', now)
    .returning('log_id')
    .execute();
  return deleted.length;
}

function deleteExpired(db: Kysely<Database>, now: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const expired = tx
      .selectFrom('window_keys')
      .select('id')
      .where('expires_at', '<', now)
      .orderBy('expires_at')
      .limit(batchRows)
      .$if(isPostgres(tx), skipLocked);
    const deleted = await tx
      .deleteFrom('window_keys')
      .where('id', 'in', expired)
      // Tested again once the row is locked: a batch may just have used the key.
      .where('expires_at', '<', now)
      .returning('id')
      .execute();
    await deleteEvents(tx, deleted);
    return deleted.length;
  });
}

/** Of one window at a time, so that its keys are found by its id. */
function deleteReplaced(db: Kysely<Database>, before: number): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const replaced = await tx
      .selectFrom('windows')
      .select('id')
      .where('replaced_at', '<', before)
      .limit(1)
      .executeTakeFirst();
    if (replaced === undefined) return 0;
    const keys = tx
      .selectFrom('window_keys')
      .select('id')
      .where('window_id', '=', replaced.id)
      .orderBy('used_at')
      .limit(batchRows)
      .$if(isPostgres(tx), skipLocked);
    const deleted = await tx.deleteFrom('window_keys').where('id', 'in', keys).returning('id').execute();
    await deleteEvents(tx, deleted);
    if (deleted.length === batchRows) return deleted.length;
    await tx.deleteFrom('windows').where('id', '=', replaced.id).execute();
    // There may be another one.
    return batchRows;
  });
}

async function deleteEvents(db: Kysely<Database>, keys: readonly { readonly id: string }[]): Promise<void> {
  for (const chunk of chunks(keys.map(({ id }) => id)))
    await db.deleteFrom('window_events').where('key_id', 'in', chunk).execute();
}
