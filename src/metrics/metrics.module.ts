import { Global, Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { RefusedAuthentications } from '../web/refused-authentications.js';
import { Metrics } from './metrics.js';

@Global()
@Module({
  controllers: [MetricsController],
  providers: [Metrics, RefusedAuthentications],
  exports: [Metrics, RefusedAuthentications],
})
export class MetricsModule {}
