import { sql, type Kysely } from 'kysely';
import { databaseNow } from '../database/dialect.js';
import type { Database } from '../database/schema.js';

export type LeaseAnswer =
  /** It was free, or the holder's already, and now lasts as long as was asked for. */
  | { readonly kind: 'held' }
  /** It had run out without having been given back: its holder died, or lost the database. */
  | { readonly kind: 'taken-over' }
  /** It is another's for so many ms, unless that one renews it. */
  | { readonly kind: 'taken'; readonly forMs: number };

/** Which replica may deliver to which channel. Times are the database's, so replicas' clocks don't matter. */
export class LeaseStore {
  constructor(private readonly db: Kysely<Database>) {}

  async acquire(channel: string, holder: string, ttlMs: number): Promise<LeaseAnswer> {
    const now = databaseNow(this.db);
    const expiresAt = sql<number>`${now} + ${sql.lit(ttlMs)}`;
    const own = await this.db
      .updateTable('channel_leases')
      .set({ expires_at: expiresAt })
      .where('channel', '=', channel)
      .where('holder', '=', holder)
      .executeTakeFirstOrThrow();
    if (own.numUpdatedRows > 0n) return { kind: 'held' };

    const free = await this.db
      .insertInto('channel_leases')
      .values({ channel, holder, expires_at: expiresAt })
      .onConflict((conflict) => conflict.column('channel').doNothing())
      .executeTakeFirstOrThrow();
    if ((free.numInsertedOrUpdatedRows ?? 0n) > 0n) return { kind: 'held' };

    // A lease that ends later than one made now was made before the database's clock went back. Its holder, if it lives,
    // renews it long before its new end.
    await this.db
      .updateTable('channel_leases')
      .set({ expires_at: expiresAt })
      .where('channel', '=', channel)
      .where('expires_at', '>', expiresAt)
      .execute();

    const expired = await this.db
      .updateTable('channel_leases')
      .set({ holder, expires_at: expiresAt })
      .where('channel', '=', channel)
      .where('expires_at', '<=', now)
      .executeTakeFirstOrThrow();
    if (expired.numUpdatedRows > 0n) return { kind: 'taken-over' };

    const others = await this.db
      .selectFrom('channel_leases')
      .select(sql<number>`expires_at - ${now}`.as('for_ms'))
      .where('channel', '=', channel)
      .executeTakeFirst();
    return { kind: 'taken', forMs: Math.max(0, others?.for_ms ?? 0) };
  }

  /** Makes all of the holder's leases last so long from now, and says of which channels they are. */
  async renew(holder: string, ttlMs: number): Promise<readonly string[]> {
    const rows = await this.db
      .updateTable('channel_leases')
      .set({ expires_at: sql<number>`${databaseNow(this.db)} + ${sql.lit(ttlMs)}` })
      .where('holder', '=', holder)
      .returning('channel')
      .execute();
    return rows.map((row) => row.channel);
  }

  /** Gives the lease of one channel back. */
  async giveUp(channel: string, holder: string): Promise<void> {
    await this.db
      .deleteFrom('channel_leases')
      .where('channel', '=', channel)
      .where('holder', '=', holder)
      .execute();
  }

  /** Gives all of the holder's leases back. */
  async release(holder: string): Promise<void> {
    await this.db.deleteFrom('channel_leases').where('holder', '=', holder).execute();
  }

  /** Who delivers to which channel, and for how long, in ms, unless it is renewed. */
  async list(): Promise<readonly { channel: string; holder: string; for_ms: number }[]> {
    const now = databaseNow(this.db);
    return this.db
      .selectFrom('channel_leases')
      .select(['channel', 'holder', sql<number>`expires_at - ${now}`.as('for_ms')])
      .orderBy('channel')
      .execute();
  }
}
