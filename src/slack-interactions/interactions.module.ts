import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { InteractionsController } from './interactions.controller.js';
import { MessageUpdates } from './message-updates.js';
import { SilenceClicks } from './silence-clicks.js';

/** What people do with the router's messages in Slack. */
@Module({
  imports: [RulesModule, OperationsModule],
  controllers: [InteractionsController],
  providers: [SilenceClicks, MessageUpdates],
})
export class InteractionsModule {}
