import { Logger, Module } from '@nestjs/common';
import { Kysely } from 'kysely';
import { Clock } from '../domain/clock.js';
import { Timer } from '../domain/timer.js';
import { NotifyModule } from '../notify/notify.module.js';
import { RulesModule } from '../rules/rules.module.js';
import { isPostgres } from '../storage/dialect.js';
import { LeaseStore } from '../storage/lease-store.js';
import type { Database } from '../storage/schema.js';
import { StorageModule } from '../storage/storage.module.js';
import { Outage } from '../system/outage.js';
import { ChannelLeases, SharedChannels, UnsharedChannels } from './channel-lease.js';
import { ClockWatch } from './clock-watch.js';
import { DueWindows } from './due-windows.js';
import { Deliverer } from './deliverer.js';
import { Ticker } from './ticker.js';
import { OpsNotices } from './ops-notices.js';
import { SilenceKeeper } from './silence-keeper.js';
import { WaitingChannels } from './waiting-channels.js';
import { Watchdog } from './watchdog.js';

function channelLeases(db: Kysely<Database>, clock: Clock, timer: Timer): ChannelLeases {
  if (!isPostgres(db)) return new UnsharedChannels();
  const outage = new Outage(
    new Logger(ChannelLeases.name),
    'leases could not be written, and other replicas may take the channels over',
    'leases are written again',
  );
  return new SharedChannels(new LeaseStore(db), clock, timer, outage);
}

@Module({
  imports: [StorageModule, RulesModule, NotifyModule],
  providers: [
    ClockWatch,
    DueWindows,
    {
      provide: ChannelLeases,
      inject: [Kysely, Clock, Timer],
      useFactory: channelLeases,
    },
    Deliverer,
    OpsNotices,
    SilenceKeeper,
    Ticker,
    WaitingChannels,
    Watchdog,
  ],
  exports: [DueWindows, Deliverer, OpsNotices, SilenceKeeper, Watchdog],
})
export class DeliveryModule {}
