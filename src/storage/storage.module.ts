import { Global, Module } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Transactions } from '../domain/stores.js';
import { DeliveryQueue } from './outbox/delivery-queue.js';
import { KyselyTransactions } from './database/kysely-transactions.js';
import { OutboxOperations } from './outbox/outbox-operations.js';
import { AlertsReader } from './outbox/alerts-reader.js';
import { OutboxReader } from './outbox/outbox-reader.js';
import { RuleHitsStore } from './events/rule-hits-store.js';
import { RuleOutcomes } from './resolutions/rule-outcomes.js';
import type { Database } from './database/schema.js';
import { SilencesReader } from './silences/silences-reader.js';
import { DueEvents } from './windows/due-events.js';
import { WriteCheck } from './database/write-check.js';

const stores = [
  KyselyTransactions,
  DeliveryQueue,
  RuleHitsStore,
  RuleOutcomes,
  AlertsReader,
  OutboxReader,
  OutboxOperations,
  SilencesReader,
  DueEvents,
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
    WriteCheck,
  ],
  exports: [
    Transactions,
    KyselyTransactions,
    DeliveryQueue,
    RuleHitsStore,
    RuleOutcomes,
    AlertsReader,
    OutboxReader,
    OutboxOperations,
    SilencesReader,
    DueEvents,
    WriteCheck,
  ],
})
export class StorageModule {}
