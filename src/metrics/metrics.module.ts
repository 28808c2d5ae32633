import { Global, Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { StorageModule } from '../storage/storage.module.js';
import { RefusedAuthentications } from '../web/refused-authentications.js';
import { Metrics } from './metrics.js';

@Global()
@Module({
  imports: [StorageModule],
  controllers: [MetricsController],
  providers: [Metrics, RefusedAuthentications],
  exports: [Metrics, RefusedAuthentications],
})
export class MetricsModule {}
