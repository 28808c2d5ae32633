import { Module } from '@nestjs/common';
import { CurrentRules } from './current-rules.js';

@Module({ providers: [CurrentRules], exports: [CurrentRules] })
export class RulesModule {}
