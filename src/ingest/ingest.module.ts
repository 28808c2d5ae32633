import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { BatchResults } from './batch-results.js';
import { IngestController } from './ingest.controller.js';
import { Ingestor } from './ingestor.js';

@Module({
  imports: [RulesModule, OperationsModule],
  controllers: [IngestController],
  providers: [BatchResults, Ingestor],
  exports: [Ingestor],
})
export class IngestModule {}
