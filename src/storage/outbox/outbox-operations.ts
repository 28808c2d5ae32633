import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.js';
import { isWaiting } from './waiting.js';

/** The state of a channel. Times are ms since the epoch. */
export interface ChannelHealth {
  readonly heldUntil: number;
  readonly paused: string | null;
  readonly waiting: number;
  /** When what waits longest was raised; null where nothing waits. */
  readonly oldestAt: number | null;
  /** When the first of what waits was tried first, without success so far; null where nothing was tried. */
  readonly failingSince: number | null;
}

/** The messages of a channel that are dead until somebody replays them. Times are ms since the epoch. */
export interface DeadMessages {
  readonly channel: string;
  readonly messages: number;
  readonly since: number;
  readonly last: number;
}

/** What operators do to the outbox. */
export class OutboxOperations {
  constructor(private readonly db: Kysely<Database>) {}

  /** Makes dead messages wait again, as if they were new; all of them, or one. Returns their channels. */
  async replay(now: number, id?: string): Promise<readonly string[]> {
    const rows = await this.db
      .updateTable('deliveries')
      .set({
        status: 'pending',
        attempts: 0,
        plain: 0,
        next_at: now,
        first_tried_at: null,
        finished_at: null,
      })
      .where('status', '=', 'dead')
      .$if(id !== undefined, (query) => query.where('id', '=', id as string))
      .returning('channel')
      .execute();
    return rows.map((row) => row.channel);
  }

  /** Lifts a channel's pause and hold. */
  async resume(channel: string): Promise<void> {
    await this.db
      .updateTable('channel_states')
      .set({ held_until: 0, paused: null, unknown_refusals: 0 })
      .where('channel', '=', channel)
      .execute();
  }

  /** By channel. */
  async dead(): Promise<readonly DeadMessages[]> {
    const rows = await this.db
      .selectFrom('deliveries')
      .select((eb) => [
        'channel',
        eb.fn.countAll<number>().as('messages'),
        eb.fn.min('finished_at').as('since'),
        eb.fn.max('finished_at').as('last'),
      ])
      .where('status', '=', 'dead')
      .groupBy('channel')
      .orderBy('channel')
      .execute();
    return rows.map(({ channel, messages, since, last }) => ({
      channel,
      messages: Number(messages),
      since: Number(since),
      last: Number(last),
    }));
  }

  /** By channel name, for every channel that has a state or something waiting. */
  async healths(): Promise<ReadonlyMap<string, ChannelHealth>> {
    const states = await this.db.selectFrom('channel_states').selectAll().execute();
    const waiting = await this.db
      .selectFrom('deliveries')
      .select((eb) => [
        'channel',
        eb.fn.countAll<number>().as('count'),
        eb.fn.min('first_tried_at').as('first_tried_at'),
        eb.fn.min('created_at').as('created_at'),
      ])
      .where(isWaiting)
      .groupBy('channel')
      .execute();
    const counts = new Map(waiting.map((row) => [row.channel, row]));
    const known = new Map(states.map((state) => [state.channel, state]));
    return new Map(
      [...new Set([...counts.keys(), ...known.keys()])].map((channel) => [
        channel,
        {
          heldUntil: known.get(channel)?.held_until ?? 0,
          paused: known.get(channel)?.paused ?? null,
          waiting: Number(counts.get(channel)?.count ?? 0),
          oldestAt: counts.get(channel)?.created_at ?? null,
          failingSince: counts.get(channel)?.first_tried_at ?? null,
        },
      ]),
    );
  }
}
