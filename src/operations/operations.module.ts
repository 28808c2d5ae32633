import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { Audit } from './audit.js';
import { AfterCommit } from './after-commit.js';
import { Erasure } from './erasure.js';
import { ClockWatch } from './clock-watch.js';
import { DeliveryStateService } from './delivery-state-service.js';
import { DueWindows } from './due-windows.js';
import { Gaps } from './gaps.js';
import { OpsNotices } from './ops-notices.js';
import { Reminders } from './reminders.js';
import { Retention } from './retention.js';
import { Scheduler } from './scheduler.js';
import { SilenceService } from './silence-service.js';
import { Watchdog } from './watchdog.js';

/** What runs by the clock, and what follows a commit. */
@Module({
  imports: [StorageModule, RulesModule, DeliveryModule],
  providers: [
    AfterCommit,
    Audit,
    ClockWatch,
    DeliveryStateService,
    DueWindows,
    Erasure,
    Gaps,
    OpsNotices,
    Reminders,
    Retention,
    Scheduler,
    SilenceService,
    Watchdog,
  ],
  exports: [AfterCommit, Audit, DeliveryStateService, Erasure, Gaps, OpsNotices, SilenceService],
})
export class OperationsModule {}
