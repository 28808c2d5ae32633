import { Logger, Module } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock, Timer } from '../domain/clock.js';
import { NotifyModule } from '../notify/notify.module.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { isPostgres } from '../storage/database/dialect.js';
import { LeaseStore } from '../storage/leases/lease-store.js';
import type { Database } from '../storage/database/schema.js';
import { StorageModule } from '../storage/storage.module.js';
import { Outage } from '../app/outage.js';
import { ChannelLeases, DatabaseLeases, SoleReplicaLeases } from './channel-lease.js';
import { Deliverer } from './deliverer.js';
import { WaitingChannels } from './waiting-channels.js';

function channelLeases(db: Kysely<Database>, clock: Clock, timer: Timer): ChannelLeases {
  if (!isPostgres(db)) return new SoleReplicaLeases();
  const outage = new Outage(
    new Logger(ChannelLeases.name),
    'leases could not be written, and other replicas may take the channels over',
    'leases are written again',
  );
  return new DatabaseLeases(new LeaseStore(db), clock, timer, outage);
}

@Module({
  imports: [StorageModule, RulesModule, NotifyModule],
  providers: [
    {
      provide: ChannelLeases,
      inject: [Kysely, Clock, Timer],
      useFactory: channelLeases,
    },
    Deliverer,
    WaitingChannels,
  ],
  exports: [ChannelLeases, Deliverer],
})
export class DeliveryModule {}
