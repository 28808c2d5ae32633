import { Module } from '@nestjs/common';
import { CurrentRules } from './current-rules.js';
import { ReloadTriggers } from './reload-triggers.js';
import { SharedReload } from './shared-reload.js';

@Module({ providers: [CurrentRules, SharedReload, ReloadTriggers], exports: [CurrentRules, SharedReload] })
export class RulesModule {}
