import type { Kysely } from 'kysely';
import { Transactions, type Stores } from '../domain/stores.js';
import { OutboxStore } from './outbox-store.js';
import { retryConflicts } from './retry-conflicts.js';
import { RuleHitsStore } from './rule-hits-store.js';
import type { Database } from './schema.js';
import { SeenEventsStore } from './seen-events-store.js';
import { ThrottlesStore } from './throttles-store.js';

export class KyselyTransactions extends Transactions {
  constructor(private readonly db: Kysely<Database>) {
    super();
  }

  /** Runs the work again when its transaction lost against another one. */
  override run<T>(work: (stores: Stores) => Promise<T>): Promise<T> {
    return retryConflicts(() =>
      this.db.transaction().execute((tx) =>
        work({
          seenEvents: new SeenEventsStore(tx),
          outbox: new OutboxStore(tx),
          ruleHits: new RuleHitsStore(tx),
          throttles: new ThrottlesStore(tx),
        }),
      ),
    );
  }
}
