import type { Kysely, Selectable } from 'kysely';
import { dueReminder, type Remind } from '../../domain/alerting/remind.js';
import type { Message } from '../../domain/alerting/message.js';
import type { NewDelivery } from '../../domain/stores.js';
import { isPostgres, skipLocked } from '../database/dialect.js';
import type { Database, DeliveriesTable } from '../database/schema.js';
import { loadMessage } from './load-message.js';
import { OutboxStore } from './outbox-store.js';

/** How many messages one transaction looks at. */
const batchRows = 100;
/** When it is looked again, in ms, at a message that has not been posted yet: nobody can have acknowledged it. */
const lookAgainMs = 5_000;

/** An open message that nobody has acknowledged. */
export interface OpenMessage {
  readonly id: string;
  readonly channel: string;
  readonly threadOf?: string;
  readonly message: Message;
  /** When it was posted, in ms since the epoch. */
  readonly postedAt: number;
  /** Which reminder this is, from 1. */
  readonly number: number;
}

/** What reminders are made by. */
export interface Reminding {
  /** How a message with alerts of these rules is reminded; undefined where it is not. */
  remindOf(rules: readonly string[]): Remind | undefined;
  /** The messages that make one reminder. */
  remindersOf(open: OpenMessage, remind: Remind): readonly NewDelivery[];
}

/**
 * Puts the reminders that are due into the outbox. Each is written by one replica, in the transaction that says when the
 * next one is due. Returns the channels that have something to post now.
 */
export async function writeReminders(
  db: Kysely<Database>,
  reminding: Reminding,
  now: number,
): Promise<ReadonlySet<string>> {
  const channels = new Set<string>();
  for (;;) {
    if ((await dueRows(db, now, 1)).length === 0) return channels;
    const looked = await db.transaction().execute(async (tx) => {
      const rows = await dueRows(tx, now, batchRows);
      for (const row of rows)
        for (const channel of await remindOfRow(tx, row, reminding, now)) channels.add(channel);
      return rows.length;
    });
    if (looked < batchRows) return channels;
  }
}

/** Locks the rows, except those that somebody acknowledges or another replica looks at just now. */
function dueRows(
  db: Kysely<Database>,
  now: number,
  limit: number,
): Promise<readonly Selectable<DeliveriesTable>[]> {
  return db
    .selectFrom('deliveries')
    .selectAll()
    .where('remind_at', '<=', now)
    .orderBy('remind_at')
    .limit(limit)
    .$if(isPostgres(db), skipLocked)
    .execute();
}

async function remindOfRow(
  tx: Kysely<Database>,
  row: Selectable<DeliveriesTable>,
  reminding: Reminding,
  now: number,
): Promise<readonly string[]> {
  const isWaiting = row.status === 'pending' || row.status === 'retrying';
  if (isWaiting) {
    await setNext(tx, row, now + lookAgainMs, row.reminders);
    return [];
  }
  const isOpen = row.status === 'delivered' && (row.state ?? 'open') === 'open';
  const remind = isOpen ? reminding.remindOf(await rulesOf(tx, row.id)) : undefined;
  if (remind === undefined) {
    await setNext(tx, row, null, row.reminders);
    return [];
  }
  const postedAt = row.finished_at ?? row.created_at;
  const openSince = Math.max(postedAt, row.state_at ?? 0);
  const { due, nextAt } = dueReminder(remind, { openSince, reminders: row.reminders }, now);
  await setNext(tx, row, nextAt ?? null, row.reminders + (due ? 1 : 0));
  if (!due) return [];
  const { id, channel, thread_of: threadOf } = row;
  const message = await loadMessage(tx, row);
  const number = row.reminders + 1;
  const open = { id, channel, message, postedAt, number, ...(threadOf !== null && { threadOf }) };
  const reminders = reminding.remindersOf(open, remind);
  await new OutboxStore(tx).add(reminders, [], now);
  return reminders.map((reminder) => reminder.channel);
}

async function setNext(
  tx: Kysely<Database>,
  { id }: Selectable<DeliveriesTable>,
  at: number | null,
  reminders: number,
): Promise<void> {
  await tx.updateTable('deliveries').set({ remind_at: at, reminders }).where('id', '=', id).execute();
}

async function rulesOf(tx: Kysely<Database>, id: string): Promise<readonly string[]> {
  const rows = await tx
    .selectFrom('alerts')
    .select('rule')
    .distinct()
    .where('delivery_id', '=', id)
    .orderBy('rule')
    .execute();
  return rows.map(({ rule }) => rule);
}
