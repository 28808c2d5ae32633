import { Module } from '@nestjs/common';
import { CurrentRules } from './current-rules.js';
import { SharedReload } from './shared-reload.js';

@Module({ providers: [CurrentRules, SharedReload], exports: [CurrentRules, SharedReload] })
export class RulesModule {}
