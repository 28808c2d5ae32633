import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { IngestModule } from '../ingest/ingest.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { InteractionsModule } from '../slack-interactions/interactions.module.js';
import { Explainer } from '../replay/explainer.js';
import { TaskProcesses } from '../app/task-processes.js';
import { AlertsController } from './alerts.controller.js';
import { AuditController } from './audit.controller.js';
import { EraseController } from './erase.controller.js';
import { ChannelsController } from './channels.controller.js';
import { DeliveryStatesController } from './delivery-states.controller.js';
import { ExplainController } from './explain.controller.js';
import { OutboxController } from './outbox.controller.js';
import { RulesController } from './rules.controller.js';
import { SilencesController } from './silences.controller.js';
import { TenantLogsReport } from './tenant-logs-report.js';
import { StatusController } from './status.controller.js';

/** What operators ask for and change, all below /admin. */
@Module({
  imports: [RulesModule, DeliveryModule, OperationsModule, IngestModule, InteractionsModule],
  providers: [
    TenantLogsReport,
    {
      provide: Explainer,
      useFactory: (tasks: TaskProcesses) => new Explainer(tasks),
      inject: [TaskProcesses],
    },
  ],
  controllers: [
    RulesController,
    ExplainController,
    AlertsController,
    OutboxController,
    DeliveryStatesController,
    ChannelsController,
    SilencesController,
    StatusController,
    AuditController,
    EraseController,
  ],
})
export class AdminModule {}
