import { sql, type Kysely } from 'kysely';
import { isPostgres, skipLocked } from '../database/dialect.js';
import type { Database } from '../database/schema.js';
import { isWaiting } from './waiting.js';

/** How many deliveries one transaction merges, so that no batch waits long for the database. */
const batchRows = 200;
/** How many alerts one statement moves: a delivery may show any number of them. */
const alertsMoved = 1_000;

/** Holds for what may be merged into a digest. A notice has words of its own, and a state is that of one message. */
export const isMergeable = sql<boolean>`deliveries.alone = 0 and deliveries.notice is null and deliveries.state is null`;

/** A message that is due, and its place in the order in which messages go out. */
interface Mergeable {
  readonly id: string;
  readonly next_at: number;
  readonly thread_of: string | null;
  readonly group_text: string | null;
  readonly remind_at: number | null;
}

/**
 * Merges what is due and what no attempt has been made on, since nobody has seen it, into the message that goes out
 * first, which then shows all the alerts; the messages of each thread on their own, and none that stands alone. It goes through the waiting messages
 * once, in batches of a transaction each: a crash in between leaves every alert with exactly one delivery.
 */
export async function mergeDeliveries(db: Kysely<Database>, channel: string, now: number): Promise<void> {
  /** The delivery that the others of a thread, or of the channel itself, are merged into. */
  const targets = new Map<string | null, Mergeable>();
  for (let last: Mergeable | undefined; ;) {
    const rows = await mergeBatch(db, channel, now, last, targets);
    if (rows.length < batchRows) return;
    last = rows.at(-1);
  }
}

function mergeBatch(
  db: Kysely<Database>,
  channel: string,
  now: number,
  after: Mergeable | undefined,
  targets: Map<string | null, Mergeable>,
): Promise<readonly Mergeable[]> {
  return db.transaction().execute(async (tx) => {
    const rows = await mergeable(tx, channel, now, after);
    const merged = new Map<string, string[]>();
    const movedTo = new Map<string, string>();
    for (const row of rows) {
      const thread = (row.thread_of === null ? undefined : movedTo.get(row.thread_of)) ?? row.thread_of;
      const target = targets.get(thread);
      if (target === undefined) {
        targets.set(thread, row);
        continue;
      }
      merged.set(target.id, [...(merged.get(target.id) ?? []), row.id]);
      movedTo.set(row.id, target.id);
      if (target.group_text !== null) {
        await tx.updateTable('deliveries').set({ group_text: null }).where('id', '=', target.id).execute();
        targets.set(thread, { ...target, group_text: null });
      }
    }
    for (const [target, ids] of merged) await moveAlerts(tx, ids, target);
    if (rows.some(({ remind_at: remindAt }) => remindAt !== null)) await moveReminders(tx, merged);
    await moveReplies(tx, merged, targets.get(null)?.id);
    const ids = [...merged.values()].flat();
    if (ids.length > 0) await tx.deleteFrom('deliveries').where('id', 'in', ids).execute();
    return rows;
  });
}

function mergeable(
  tx: Kysely<Database>,
  channel: string,
  now: number,
  after: Mergeable | undefined,
): Promise<readonly Mergeable[]> {
  return (
    tx
      .selectFrom('deliveries')
      .select(['id', 'next_at', 'thread_of', 'group_text', 'remind_at'])
      .where('channel', '=', channel)
      .where(isWaiting)
      .where('attempts', '=', 0)
      .where(isMergeable)
      .where('next_at', '<=', now)
      .$if(after !== undefined, (query) =>
        query.where(sql<boolean>`(next_at, id) > (${after?.next_at}, ${after?.id})`),
      )
      .orderBy('next_at')
      .orderBy('id')
      .limit(batchRows)
      // A group that another replica's batch is just adding an alert to is left for the next time.
      .$if(isPostgres(tx), skipLocked)
      .execute()
  );
}

/** Replies to what was merged go to the thread of the message that now shows it. Nothing replies to a reply. */
async function moveReplies(
  tx: Kysely<Database>,
  merged: ReadonlyMap<string, readonly string[]>,
  target: string | undefined,
): Promise<void> {
  const ids = target === undefined ? undefined : merged.get(target);
  if (ids === undefined) return;
  await tx.updateTable('deliveries').set({ thread_of: target }).where('thread_of', 'in', ids).execute();
}

/** The message that shows them all asks once for all of them. */
async function moveReminders(
  tx: Kysely<Database>,
  merged: ReadonlyMap<string, readonly string[]>,
): Promise<void> {
  for (const [target, ids] of merged) {
    const { first } = await tx
      .selectFrom('deliveries')
      .select((eb) => eb.fn.min('remind_at').as('first'))
      .where('id', 'in', [target, ...ids])
      .executeTakeFirstOrThrow();
    await tx.updateTable('deliveries').set({ remind_at: first }).where('id', '=', target).execute();
  }
}

async function moveAlerts(tx: Kysely<Database>, from: readonly string[], to: string): Promise<void> {
  for (let moved = alertsMoved; moved === alertsMoved;) {
    const some = tx.selectFrom('alerts').select('id').where('delivery_id', 'in', from).limit(alertsMoved);
    const { numUpdatedRows } = await tx
      .updateTable('alerts')
      .set({ delivery_id: to })
      .where('id', 'in', some)
      .executeTakeFirstOrThrow();
    moved = Number(numUpdatedRows);
  }
}
