import { sql, type Kysely } from 'kysely';
import { DatabaseUnavailable, Transactions, type Stores } from '../../domain/stores.js';
import { isConnectionFailure } from './connection-failure.js';
import { isPostgres } from './dialect.js';
import { OutboxStore } from '../outbox/outbox-store.js';
import { retryConflicts } from './retry-conflicts.js';
import { RuleHitsStore } from '../events/rule-hits-store.js';
import type { Database } from './schema.js';
import { SeenEventsStore } from '../events/seen-events-store.js';
import { SilencesStore } from '../silences/silences-store.js';
import { SlackClicksStore } from '../silences/slack-clicks-store.js';
import { ThrottlesStore } from '../throttles/throttles-store.js';
import { FollowUpsStore } from '../windows/follow-ups-store.js';
import { KeyCache } from '../windows/key-cache.js';
import { WindowStore } from '../windows/window-store.js';

/** Any number that no other advisory lock on the database has. */
const lockId = 7_311_094_255;

export class KyselyTransactions extends Transactions {
  private readonly keys = new KeyCache();

  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  /** Runs the work again when its transaction lost against another one. */
  override async run<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    try {
      return await this.runOnce(work);
    } catch (error) {
      throw isConnectionFailure(error) ? new DatabaseUnavailable(error) : error;
    }
  }

  private runOnce<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return retryConflicts(() =>
      this.db.transaction().execute(async (tx) => {
        // Batches that share a transaction touch the same rows in different orders on different replicas, which would
        // end in deadlocks, of a second each. So one replica at a time writes; what waits meanwhile shares the next one.
        if (isPostgres(tx)) await sql`select pg_advisory_xact_lock(${sql.lit(lockId)})`.execute(tx);
        return work({
          seenEvents: new SeenEventsStore(tx),
          outbox: new OutboxStore(tx),
          ruleHits: new RuleHitsStore(tx),
          throttles: new ThrottlesStore(tx),
          silences: new SilencesStore(tx),
          slackClicks: new SlackClicksStore(tx),
          windows: new WindowStore(tx, this.keys),
          followUps: new FollowUpsStore(tx),
        });
      }),
    );
  }
}
