import { Global, Inject, Injectable, Module, type OnApplicationShutdown } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Settings } from '../config/settings.js';
import { Transactions } from '../domain/stores.js';
import { DeliveryQueue } from './delivery-queue.js';
import { KyselyTransactions } from './kysely-transactions.js';
import { migrate } from './migrate.js';
import { openDatabase } from './open-database.js';
import { Retention } from './retention.js';
import { RuleHitsStore } from './rule-hits-store.js';
import type { Database } from './schema.js';

@Injectable()
class DatabaseLifetime implements OnApplicationShutdown {
  constructor(@Inject(Kysely) private readonly db: Kysely<Database>) {}

  /** Comes after the workers have stopped, so that nothing is cut off. */
  async onApplicationShutdown(): Promise<void> {
    await this.db.destroy();
  }
}

const stores = [KyselyTransactions, DeliveryQueue, RuleHitsStore];

/** The database, brought to the newest schema before anything uses it, and the stores on it. */
@Global()
@Module({
  providers: [
    {
      provide: Kysely,
      inject: [Settings],
      useFactory: async (settings: Settings): Promise<Kysely<Database>> => {
        const db = openDatabase(settings.DATABASE_URL);
        await migrate(db);
        return db;
      },
    },
    ...stores.map((store) => ({
      provide: store,
      inject: [Kysely],
      useFactory: (db: Kysely<Database>) => new store(db),
    })),
    { provide: Transactions, useExisting: KyselyTransactions },
    DatabaseLifetime,
    Retention,
  ],
  exports: [Kysely, Transactions, DeliveryQueue, RuleHitsStore],
})
export class StorageModule {}
