import { Module, type DynamicModule } from '@nestjs/common';
import { TaskProcesses } from '../../app/task-processes.js';
import { RulesLoader } from './rules-loader.js';

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
