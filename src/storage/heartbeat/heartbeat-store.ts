import type { Kysely } from 'kysely';
import type { Database } from '../database/schema.js';

/** A time without any event, in ms since the epoch. */
export interface Gap {
  /** The last event before it, or the beginning. */
  readonly since: number;
  readonly until: number;
}

/** Events that arrived between two writes, by the first and the last of them, in ms since the epoch. */
export interface Arrivals {
  readonly first: number;
  readonly last: number;
}

const id = 1;

/** When the last event arrived on any replica, and whether ops were notified of the gap since. */
export class HeartbeatStore {
  constructor(private readonly db: Kysely<Database>) {}

  /** Counts from `now`, unless there is a count already. */
  async start(now: number): Promise<void> {
    await this.db
      .insertInto('heartbeat')
      .values({ id, last_event_at: now, silent_since: null })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }

  /** Forgets the count, so that the next one starts afresh. */
  async forget(): Promise<void> {
    await this.db.deleteFrom('heartbeat').execute();
  }

  /** Records the arrivals. Returns the gap that they end, if ops were notified of it and not yet of its end. */
  async arrived({ first, last }: Arrivals): Promise<Gap | undefined> {
    await this.db
      .updateTable('heartbeat')
      .set({ last_event_at: last })
      .where('last_event_at', '<', last)
      .execute();
    const silent = await this.db
      .selectFrom('heartbeat')
      .select('silent_since')
      .where('silent_since', '<', first)
      .executeTakeFirst();
    if (silent === undefined || silent.silent_since === null) return undefined;
    // The replica that clears it sends the notice.
    const cleared = await this.db
      .updateTable('heartbeat')
      .set({ silent_since: null })
      .where('silent_since', '=', silent.silent_since)
      .executeTakeFirst();
    return Number(cleared.numUpdatedRows) === 0 ? undefined : { since: silent.silent_since, until: first };
  }

  /** Whether no event has arrived since `before` and ops were not notified of that. */
  async isSilent(before: number): Promise<boolean> {
    const row = await this.db
      .selectFrom('heartbeat')
      .select('id')
      .where('last_event_at', '<=', before)
      .where('silent_since', 'is', null)
      .executeTakeFirst();
    return row !== undefined;
  }

  /** Since when no event has arrived, if that is no later than `before` and ops were not notified. Asked again, undefined. */
  async claimSilence(before: number): Promise<number | undefined> {
    const claimed = await this.db
      .updateTable('heartbeat')
      .set((eb) => ({ silent_since: eb.ref('last_event_at') }))
      .where('last_event_at', '<=', before)
      .where('silent_since', 'is', null)
      .returning('silent_since')
      .executeTakeFirst();
    return claimed?.silent_since ?? undefined;
  }
}
