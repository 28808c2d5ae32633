import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { RulesModule } from '../rules/rules.module.js';
import { BatchResults } from './batch-results.js';
import { IngestController } from './ingest.controller.js';
import { Ingestor } from './ingestor.js';

@Module({
  imports: [RulesModule, DeliveryModule],
  controllers: [IngestController],
  providers: [BatchResults, Ingestor],
  exports: [Ingestor],
})
export class IngestModule {}
