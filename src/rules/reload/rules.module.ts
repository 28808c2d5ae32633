import { Module } from '@nestjs/common';
import { CurrentPipeline } from './current-pipeline.js';
import { CurrentRules } from './current-rules.js';
import { ReloadTriggers } from './reload-triggers.js';
import { SharedReload } from './shared-reload.js';

@Module({
  providers: [CurrentRules, CurrentPipeline, SharedReload, ReloadTriggers],
  exports: [CurrentRules, CurrentPipeline, SharedReload],
})
export class RulesModule {}
