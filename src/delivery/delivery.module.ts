import { Module } from '@nestjs/common';
import { NotifyModule } from '../notify/notify.module.js';
import { RulesModule } from '../rules/rules.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { Deliverer } from './deliverer.js';
import { OpsNotices } from './ops-notices.js';

@Module({
  imports: [StorageModule, RulesModule, NotifyModule],
  providers: [Deliverer, OpsNotices],
  exports: [Deliverer, OpsNotices],
})
export class DeliveryModule {}
