import { Module, type DynamicModule } from '@nestjs/common';
import { CurrentPipeline } from './current-pipeline.js';
import { CurrentRules } from './current-rules.js';
import { ReloadTriggers } from './reload-triggers.js';
import { SharedReload } from './shared-reload.js';
import { TaskProcesses } from '../../app/task-processes.js';
import { RulesLoader } from './rules-loader.js';

@Module({
  providers: [CurrentRules, CurrentPipeline, SharedReload, ReloadTriggers],
  exports: [CurrentRules, CurrentPipeline, SharedReload],
})
export class RulesModule {}

/** How the rules are loaded when they change, and where they are tried. */
@Module({})
export class RulesLoaderModule {
  static with(loader: RulesLoader, tasks: TaskProcesses): DynamicModule {
    return {
      module: RulesLoaderModule,
      global: true,
      providers: [
        { provide: RulesLoader, useValue: loader },
        { provide: TaskProcesses, useValue: tasks },
      ],
      exports: [RulesLoader, TaskProcesses],
    };
  }
}
