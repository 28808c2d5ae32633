import { Module } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { RulesModule } from '../rules/reload/rules.module.js';
import { HealthController } from './health.controller.js';

@Module({
  imports: [TerminusModule, RulesModule],
  controllers: [HealthController],
})
export class HealthModule {}
