import type { Kysely } from 'kysely';
import type { StateHistoryEntry } from '../../domain/alerting/delivery-state.js';
import type { Database } from '../database/schema.js';

/** Adds a change of a message whose row the transaction has locked, so that each has a number of its own. */
export async function addToHistory(
  db: Kysely<Database>,
  delivery: string,
  { at, by, from, to, resolution, note, via }: StateHistoryEntry,
): Promise<void> {
  const { last } = await db
    .selectFrom('state_changes')
    .select((eb) => eb.fn.max('number').as('last'))
    .where('delivery_id', '=', delivery)
    .executeTakeFirstOrThrow();
  const change = { at, by, from, to, resolution: resolution ?? null, note: note ?? null, via };
  await db
    .insertInto('state_changes')
    .values({ delivery_id: delivery, number: Number(last ?? 0) + 1, ...change })
    .execute();
}

/** The changes of a message's state, the first one first. */
export async function stateHistory(
  db: Kysely<Database>,
  delivery: string,
): Promise<readonly StateHistoryEntry[]> {
  const rows = await db
    .selectFrom('state_changes')
    .select(['at', 'by', 'from', 'to', 'resolution', 'note', 'via'])
    .where('delivery_id', '=', delivery)
    .orderBy('number')
    .execute();
  return rows.map(({ at, resolution, note, ...row }) => ({
    ...row,
    at: Number(at),
    ...(resolution !== null && { resolution }),
    ...(note !== null && { note }),
  }));
}

/** Deletes the history of those messages that are gone. */
export async function deleteHistory(db: Kysely<Database>, deliveries: readonly string[]): Promise<void> {
  if (deliveries.length === 0) return;
  await db
    .deleteFrom('state_changes')
    .where('delivery_id', 'in', deliveries)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('deliveries').select('id').whereRef('id', '=', 'state_changes.delivery_id'))),
    )
    .execute();
}
