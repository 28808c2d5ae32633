import { Module } from '@nestjs/common';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { NotifyModule } from '../notify/notify.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { InteractionsController } from './interactions.controller.js';
import { ClickedMessages } from './clicked-messages.js';
import { MessageClicks } from './message-clicks.js';
import { MessageUpdates } from './message-updates.js';
import { SilenceClicks } from './silence-clicks.js';

/** What people do with the router's messages in Slack. */
@Module({
  imports: [RulesModule, OperationsModule, DeliveryModule, NotifyModule],
  controllers: [InteractionsController],
  providers: [SilenceClicks, MessageClicks, ClickedMessages, MessageUpdates],
})
export class InteractionsModule {}
