import { Global, Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { RefusedAuthentications } from '../web/refused-authentications.js';
import { Metrics } from './metrics.js';
import { StatementTimes } from './statement-times.js';
import { StoredState } from './stored-state.js';

@Global()
@Module({
  imports: [StorageModule, RulesModule],
  controllers: [MetricsController],
  providers: [Metrics, StoredState, StatementTimes, RefusedAuthentications],
  exports: [Metrics, RefusedAuthentications],
})
export class MetricsModule {}
