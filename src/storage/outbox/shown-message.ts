import type { Kysely, Selectable } from 'kysely';
import type { FollowUp } from '../../domain/alerting/follow-up.js';
import { withoutMentions, type Message } from '../../domain/alerting/message.js';
import type { Database, DeliveriesTable } from '../database/schema.js';
import { loadMessage } from './load-message.js';

/**
 * A message of alerts as it is to be shown now: with how many alerts the replies in its thread have shown, and the
 * follow-ups of its alerts. Undefined for a notice and a message that is gone.
 *
 * @param followUp the id of a follow-up that is about to be delivered and counts as delivered
 */
export async function shownMessage(
  db: Kysely<Database>,
  id: string,
  followUp?: string,
): Promise<Message | undefined> {
  const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
  const message = row && (await loadMessage(db, row));
  if (message === undefined || message.kind === 'notice' || message.kind === 'follow-up') return undefined;
  if (row?.thread_of != null) return withoutMentions(message);
  if (message.kind === 'digest') return message;
  const followUps = await followUpsOf(db, id, followUp);
  const repeats = await repeatsOf(db, id);
  return {
    ...message,
    ...(repeats > 0 && { repeats }),
    ...(followUps.length > 0 && { followUps }),
  };
}

/** The message that a follow-up edits, as it is to be shown from now on; none where it is gone or this is no follow-up. */
export async function editOf(
  db: Kysely<Database>,
  { id, follows }: Pick<Selectable<DeliveriesTable>, 'id' | 'follows'>,
): Promise<{ readonly ts: string; readonly message: Message } | undefined> {
  if (follows === null) return undefined;
  const posted = await db.selectFrom('deliveries').select('ts').where('id', '=', follows).executeTakeFirst();
  const message = await shownMessage(db, follows, id);
  return posted?.ts == null || message === undefined ? undefined : { ts: posted.ts, message };
}

async function repeatsOf(db: Kysely<Database>, id: string): Promise<number> {
  const { repeats } = await db
    .selectFrom('alerts')
    .innerJoin('deliveries', 'deliveries.id', 'alerts.delivery_id')
    .select((eb) => eb.fn.countAll<number>().as('repeats'))
    .where('deliveries.thread_of', '=', id)
    .where('deliveries.status', '=', 'delivered')
    .executeTakeFirstOrThrow();
  return Number(repeats);
}

async function followUpsOf(
  db: Kysely<Database>,
  id: string,
  followUp: string | undefined,
): Promise<readonly FollowUp[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('follow_up')
    .where('follows', '=', id)
    .where((eb) => eb.or([eb('status', '=', 'delivered'), eb('id', '=', followUp ?? '')]))
    .orderBy('id')
    .execute();
  return rows.flatMap(({ follow_up: words }) => (words === null ? [] : [JSON.parse(words) as FollowUp]));
}
