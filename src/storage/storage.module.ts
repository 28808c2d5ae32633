import { Global, Module } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Transactions } from '../domain/stores.js';
import { DeliveryQueue } from './delivery-queue.js';
import { KyselyTransactions } from './kysely-transactions.js';
import { OutboxOperations } from './outbox-operations.js';
import { OutboxReader } from './outbox-reader.js';
import { Retention } from './retention.js';
import { RuleHitsStore } from './rule-hits-store.js';
import type { Database } from './schema.js';
import { SilencesReader } from './silences-reader.js';
import { WriteCheck } from './write-check.js';

const stores = [
  KyselyTransactions,
  DeliveryQueue,
  RuleHitsStore,
  OutboxReader,
  OutboxOperations,
  SilencesReader,
];

/** The stores on the database. */
@Global()
@Module({
  providers: [
    ...stores.map((store) => ({
      provide: store,
      inject: [Kysely],
      useFactory: (db: Kysely<Database>) => new store(db),
    })),
    { provide: Transactions, useExisting: KyselyTransactions },
    Retention,
    WriteCheck,
  ],
  exports: [
    Transactions,
    DeliveryQueue,
    RuleHitsStore,
    OutboxReader,
    OutboxOperations,
    SilencesReader,
    WriteCheck,
  ],
})
export class StorageModule {}
