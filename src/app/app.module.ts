import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from '../admin/admin.module.js';
import type { Environment } from '../config/read-settings.js';
import type { Settings } from '../config/settings.js';
import { SettingsModule } from '../config/settings.module.js';
import { HealthModule } from '../health/health.module.js';
import { IngestModule } from '../ingest/ingest.module.js';
import { InteractionsModule } from '../slack-interactions/interactions.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import type { RulesLoader } from '../rules/reload/rules-loader.js';
import { RulesLoaderModule } from '../rules/reload/rules.module.js';
import type { ConnectedDatabase } from '../storage/database/connect-database.js';
import { DatabaseModule } from '../storage/database/database.module.js';
import { StorageModule } from '../storage/storage.module.js';
import { SystemModule } from './system.module.js';
import type { TaskProcesses } from './task-processes.js';

/** The whole service. */
@Module({})
export class AppModule {
  static with(
    settings: Settings,
    environment: Environment,
    database: ConnectedDatabase,
    loader: RulesLoader,
    tasks: TaskProcesses,
  ): DynamicModule {
    return {
      module: AppModule,
      imports: [
        SettingsModule.with(settings, environment),
        SystemModule,
        MetricsModule,
        DatabaseModule.with(database),
        StorageModule,
        RulesLoaderModule.with(loader, tasks),
        IngestModule,
        AdminModule,
        InteractionsModule,
        HealthModule,
      ],
    };
  }
}
