import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.js';
import { retryConflicts } from '../database/retry-conflicts.js';
import { deleteHistory } from '../outbox/state-history.js';
import { mentionedIn } from './mentions.js';
import { parseJson, type Person } from './person.js';

/** How many rows are looked at between two turns of the event loop. */
const rowsAtOnce = 500;

export interface ErasedHistory {
  /** Alerts that are gone. */
  readonly alerts: number;
  /** Messages that are gone, or show less than before. */
  readonly deliveries: number;
  /** Alerts about the person that still wait to be sent, and stay until then. */
  readonly waiting: number;
}

/** Deletes the alerts about a person, the messages that no alert is left of, and notices that name the person. */
export async function eraseHistory(db: Kysely<Database>, person: Person): Promise<ErasedHistory> {
  let erased: ErasedHistory = { alerts: 0, deliveries: 0, waiting: 0 };
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('alerts')
      .leftJoin('deliveries', 'deliveries.id', 'alerts.delivery_id')
      .select([
        'alerts.id',
        'alerts.delivery_id',
        'alerts.title',
        'alerts.content',
        'alerts.user_name',
        'alerts.address',
        'alerts.people',
        'deliveries.status',
      ])
      .where('alerts.id', '>', after)
      .orderBy('alerts.id')
      .limit(rowsAtOnce)
      .execute();
    const found = rows.filter(
      ({ title, content, user_name: user, address, people }) =>
        people?.split(' ').includes(person.fingerprint) === true ||
        mentionedIn([title, user, address, parseJson(content)], person.words),
    );
    const gone = found.filter((row) => !isWaiting(row));
    const deliveries = new Set(gone.flatMap(({ delivery_id: id }) => (id === null ? [] : [id])));
    const ids = gone.map(({ id }) => id);
    await retryConflicts(() => deleteAlerts(db, ids, [...deliveries]));
    erased = {
      alerts: erased.alerts + gone.length,
      deliveries: erased.deliveries + deliveries.size,
      waiting: erased.waiting + found.length - gone.length,
    };
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) break;
    after = last.id;
  }
  await eraseNotes(db, person);
  return { ...erased, deliveries: erased.deliveries + (await eraseNotices(db, person)) };
}

/** @param deliveries that show the alerts; those that show no other go too */
async function deleteAlerts(
  db: Kysely<Database>,
  ids: readonly string[],
  deliveries: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await db.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('alerts').where('id', 'in', ids).execute();
    if (deliveries.length === 0) return;
    await transaction
      .deleteFrom('deliveries')
      .where('id', 'in', deliveries)
      .where(({ not, exists, selectFrom }) =>
        not(exists(selectFrom('alerts').select('alerts.id').whereRef('delivery_id', '=', 'deliveries.id'))),
      )
      .execute();
    await deleteHistory(transaction, deliveries);
    // What the others of a group have in common may be the person.
    await transaction
      .updateTable('deliveries')
      .set({ group_text: null })
      .where('id', 'in', deliveries)
      .execute();
  });
}

/** What people wrote when they resolved a message. */
async function eraseNotes(db: Kysely<Database>, person: Person): Promise<void> {
  const rows = await db
    .selectFrom('deliveries')
    .select(['id', 'state_note'])
    .where('state', 'is not', null)
    .where('state_note', 'is not', null)
    .execute();
  for (const { id, state_note: note } of rows)
    if (mentionedIn(note, person.words))
      await db.updateTable('deliveries').set({ state_note: null }).where('id', '=', id).execute();
  const changes = await db
    .selectFrom('state_changes')
    .select(['delivery_id', 'number', 'note'])
    .where('note', 'is not', null)
    .execute();
  for (const { delivery_id: id, number, note } of changes)
    if (mentionedIn(note, person.words))
      await db
        .updateTable('state_changes')
        .set({ note: null })
        .where('delivery_id', '=', id)
        .where('number', '=', number)
        .execute();
}

/** Notices and follow-ups that were sent, or are dead. Gives how many. */
async function eraseNotices(db: Kysely<Database>, person: Person): Promise<number> {
  let erased = 0;
  for (let after = ''; ;) {
    const rows = await db
      .selectFrom('deliveries')
      .select(['id', 'notice', 'follow_up'])
      .where('status', 'in', ['delivered', 'dead'])
      .where((eb) => eb.or([eb('notice', 'is not', null), eb('follow_up', 'is not', null)]))
      .where('id', '>', after)
      .orderBy('id')
      .limit(rowsAtOnce)
      .execute();
    const gone = rows.filter(({ notice, follow_up: followUp }) =>
      mentionedIn([parseJson(notice), parseJson(followUp)], person.words),
    );
    if (gone.length > 0)
      await db
        .deleteFrom('deliveries')
        .where(
          'id',
          'in',
          gone.map(({ id }) => id),
        )
        .execute();
    erased += gone.length;
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return erased;
    after = last.id;
  }
}

function isWaiting({ status }: { readonly status: string | null }): boolean {
  return status === 'pending' || status === 'retrying';
}
