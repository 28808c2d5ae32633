import { sql, type Kysely, type Selectable, type Updateable } from 'kysely';
import { withoutMentions, type Message } from '../../domain/alerting/message.js';
import type { ChannelChange, DeliveryChange, Settlement } from '../../domain/alerting/settlement.js';
import { budgetCapacity, takeFromBudgets, type Budget, type SharedBudgetWait } from './budget-store.js';
import { moveNotices } from './move-notices.js';
import { alertIds, loadMessage, traceParents } from './load-message.js';
import { editOf, shownMessage } from './shown-message.js';
import { isMergeable, mergeDeliveries } from './merge-deliveries.js';
import { OutboxStore } from './outbox-store.js';
import type { Database, DeliveriesTable } from '../database/schema.js';
import { isWaiting } from './waiting.js';

/** A message to post now, with what the retry policy needs to know. */
export interface DueDelivery {
  readonly id: string;
  readonly channel: string;
  readonly message: Message;
  /** The thread it goes to, and the delivery that opened it. */
  readonly thread?: { readonly ts: string; readonly openedBy: string };
  /** The message replaces the one that was posted with this `ts`. */
  readonly edits?: { readonly ts: string };
  readonly attempts: number;
  readonly plain: boolean;
  readonly firstTriedAt?: number;
  readonly unknownRefusals: number;
  /** Whether the channel is paused and this is the message that tries it. */
  readonly probe: boolean;
}

/** How fast a channel may be posted to. */
export interface Pace {
  readonly budgets: readonly Budget[];
  /** What can't go out within this time becomes one message. */
  readonly digestAfterMs: number;
}

export type NextDelivery =
  | { readonly kind: 'due'; readonly delivery: DueDelivery }
  /** Nothing before that time (ms since the epoch), or nothing at all until something new is committed. */
  | { readonly kind: 'none'; readonly until?: number }
  /** The budget is used up: nothing before that many ms have passed, whatever is committed meanwhile. */
  | { readonly kind: 'paced'; readonly waitMs: number; readonly shared?: SharedBudgetWait };

/** How long after the message that opens a thread its replies are looked at again. */
const afterOpeningMs = 1_000;

/** The outbox as its workers see it. */
export class DeliveryQueue {
  constructor(private readonly db: Kysely<Database>) {}

  /** Channels that have something waiting. Each is found by one look into the index, however much waits for it. */
  async channels(): Promise<readonly string[]> {
    const { rows } = await sql<{ channel: string }>`
      with recursive found (channel) as (
        select min(channel) from deliveries where ${isWaiting}
        union all
        select (select min(deliveries.channel) from deliveries where ${isWaiting} and deliveries.channel > found.channel)
        from found where found.channel is not null
      )
      select channel from found where channel is not null
    `.execute(this.db);
    return rows.map((row) => row.channel);
  }

  /**
   * The next message of the channel that may be posted at `now`, unless the channel is held or, with a pace, its budget
   * is used up. When more messages wait than the pace lets through in time, they are merged into one first.
   */
  async next(channel: string, now: number, pace?: Pace): Promise<NextDelivery> {
    const state = await this.db
      .selectFrom('channel_states')
      .selectAll()
      .where('channel', '=', channel)
      .executeTakeFirst();
    const heldUntil = state?.held_until ?? 0;
    const oldest = await this.oldest(this.db, channel);
    if (oldest === undefined) return { kind: 'none' };
    const dueAt = Math.max(oldest.next_at, heldUntil);
    if (dueAt > now) return { kind: 'none', until: dueAt };
    if (pace !== undefined && (await this.isTooLong(channel, now, pace)))
      await mergeDeliveries(this.db, channel, now);

    return this.db.transaction().execute(async (tx) => {
      const row = await this.oldest(tx, channel);
      if (row === undefined || row.next_at > now) return { kind: 'none', until: row?.next_at };
      const thread = row.thread_of === null ? undefined : await this.threadOf(tx, row.thread_of);
      if (thread?.kind === 'not-open') {
        await tx
          .updateTable('deliveries')
          .set({ next_at: Math.max(thread.until, now) + afterOpeningMs })
          .where('id', '=', row.id)
          .execute();
        return { kind: 'none', until: now };
      }
      const edited = await editOf(tx, row);
      if (edited === undefined && isEdit(row)) {
        // The message was pruned, or Slack has given it no name: there is nothing left to edit.
        await tx.deleteFrom('deliveries').where('id', '=', row.id).execute();
        return { kind: 'none', until: now };
      }
      const taken = await takeFromBudgets(tx, pace?.budgets ?? [], now, row.rank);
      if (taken.waitMs > 0) return { kind: 'paced', ...taken };
      // From here on no alert joins the message.
      if (row.group_key !== null)
        await tx.updateTable('deliveries').set({ group_key: null }).where('id', '=', row.id).execute();
      const message = edited?.message ?? (await loadMessage(tx, row));
      return {
        kind: 'due',
        delivery: {
          id: row.id,
          channel,
          // The message above those in a thread has called whom it calls.
          message: thread === undefined || edited !== undefined ? message : withoutMentions(message),
          edits: edited && { ts: edited.ts },
          thread: thread && { ts: thread.ts, openedBy: row.thread_of as string },
          attempts: row.attempts,
          plain: row.plain === 1,
          firstTriedAt: row.first_tried_at ?? undefined,
          unknownRefusals: state?.unknown_refusals ?? 0,
          probe: state?.paused != null,
        },
      };
    });
  }

  /** Lets paused channels be tried at once, as after a change of the rules that may have mended them. */
  async probePaused(): Promise<void> {
    await this.db
      .updateTable('channel_states')
      .set({ held_until: 0 })
      .where('paused', 'is not', null)
      .execute();
  }

  /** Writes everything that follows from an attempt made at `now`, in one transaction. */
  async settle(
    attempted: Pick<DueDelivery, 'id' | 'channel'>,
    settlement: Settlement,
    now: number,
  ): Promise<void> {
    const { delivery, channel, pausedWith, notice } = settlement;
    await this.db.transaction().execute(async (tx) => {
      await tx.updateTable('deliveries').set(columnsOf(delivery)).where('id', '=', attempted.id).execute();
      const channels = [...new Set([attempted.channel, ...pausedWith])].sort();
      for (const name of channels) await writeChannelState(tx, name, channel, now);
      if (notice !== undefined) await new OutboxStore(tx).add([notice], [], now);
    });
  }

  /** Moves the notices that can't go to a channel to another one, and returns how many. Not while one is being posted. */
  moveNotices(channel: string, to: string, now: number): Promise<number> {
    return moveNotices(this.db, channel, to, now);
  }

  /** The ids of the alerts that a message shows, the first so many. */
  alertsOf(id: string, most: number): Promise<readonly string[]> {
    return alertIds(this.db, id, most);
  }

  /** The different `traceparent`s of the batches whose alerts a message shows, so many of them. */
  traceParentsOf(id: string, most: number): Promise<readonly string[]> {
    return traceParents(this.db, id, most);
  }

  /** A message of alerts as it is to be shown now. */
  currentMessage(id: string): Promise<Message | undefined> {
    return shownMessage(this.db, id);
  }

  /** The message that opened a thread, with how many alerts its replies have shown. */
  async openingMessage(id: string): Promise<Message | undefined> {
    const message = await shownMessage(this.db, id);
    return message?.kind === 'alert' ? message : undefined;
  }

  /** Undefined when the message that was to open the thread is gone, dead or has no name: replies are then posted to the channel. */
  private async threadOf(
    tx: Kysely<Database>,
    id: string,
  ): Promise<{ kind: 'open'; ts: string } | { kind: 'not-open'; until: number; ts: string } | undefined> {
    const row = await tx
      .selectFrom('deliveries')
      .select(['status', 'ts', 'next_at'])
      .where('id', '=', id)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    if (row.status === 'pending' || row.status === 'retrying')
      return { kind: 'not-open', until: row.next_at, ts: '' };
    return row.ts === null ? undefined : { kind: 'open', ts: row.ts };
  }

  private oldest(db: Kysely<Database>, channel: string): Promise<Selectable<DeliveriesTable> | undefined> {
    return (
      db
        .selectFrom('deliveries')
        .selectAll()
        .where('channel', '=', channel)
        .where(isWaiting)
        // Always so: SQLite would sort all that waits when its statistics say that a channel has one message.
        .where('next_at', '>=', 0)
        .orderBy('next_at')
        .orderBy('id')
        .limit(1)
        .executeTakeFirst()
    );
  }

  private async isTooLong(channel: string, now: number, pace: Pace): Promise<boolean> {
    if (pace.budgets.length === 0) return false;
    const capacity = Math.max(1, await budgetCapacity(this.db, pace.budgets, now, pace.digestAfterMs));
    // However much waits, no more is counted than is needed to say so. What waits first decides: behind messages that
    // can't be merged nothing is urgent, and no merge reads all of them without result.
    const first = this.db
      .selectFrom('deliveries')
      .select(sql<number>`case when ${isMergeable} then 1 else 0 end`.as('mergeable'))
      .where('channel', '=', channel)
      .where(isWaiting)
      .where('attempts', '=', 0)
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .orderBy('id')
      .limit(capacity + 1);
    const { count, mergeable } = await this.db
      .selectFrom(first.as('first'))
      .select((eb) => [eb.fn.countAll<number>().as('count'), eb.fn.sum<number>('mergeable').as('mergeable')])
      .executeTakeFirstOrThrow();
    return Number(count) > capacity && Number(mergeable) > 1;
  }
}

/** Whether a delivery does nothing but show another message as it is now. */
function isEdit({ follows, follow_up }: Selectable<DeliveriesTable>): boolean {
  return follows !== null && follow_up === null;
}

function columnsOf(change: DeliveryChange): Updateable<DeliveriesTable> {
  return {
    status: change.status,
    attempts: change.attempts,
    first_tried_at: change.firstTriedAt,
    next_at: change.nextAt,
    finished_at: change.finishedAt,
    ts: change.ts,
    last_error: change.lastError,
    plain: change.plain && 1,
    possibly_repeated: change.possiblyRepeated && 1,
  };
}

async function writeChannelState(
  tx: Kysely<Database>,
  channel: string,
  { heldUntil, paused, unknownRefusal }: ChannelChange,
  now: number,
): Promise<void> {
  await tx
    .insertInto('channel_states')
    .values({
      channel,
      held_until: heldUntil,
      held_since: now,
      paused: paused ?? null,
      unknown_refusals: unknownRefusal ? 1 : 0,
    })
    .onConflict((conflict) =>
      conflict.column('channel').doUpdateSet({
        held_until: heldUntil,
        held_since: now,
        paused: paused === undefined ? sql`channel_states.paused` : paused,
        unknown_refusals: unknownRefusal ? sql`channel_states.unknown_refusals + 1` : 0,
      }),
    )
    .execute();
}
