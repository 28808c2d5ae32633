import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { BatchResults } from './batch-results.js';
import { IngestController } from './ingest.controller.js';
import { Ingestor } from './ingestor.js';
import { NewestEvents } from './newest-events.js';
import { LogReader } from './tenant-logs/log-reader.js';
import { ReadFailures } from './tenant-logs/read-failures.js';
import { TenantAccess } from './tenant-logs/tenant-access.js';
import { StreamWatch } from './tenant-logs/stream-watch.js';
import { TenantLogs } from './tenant-logs/tenant-logs.js';

@Module({
  imports: [RulesModule, OperationsModule, DeliveryModule],
  controllers: [IngestController],
  providers: [
    BatchResults,
    Ingestor,
    LogReader,
    NewestEvents,
    ReadFailures,
    StreamWatch,
    TenantAccess,
    TenantLogs,
  ],
  exports: [Ingestor, TenantAccess],
})
export class IngestModule {}
