import { Module } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { DeliveryModule } from '../delivery/delivery.module.js';
import { Clock, Timer } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { Metrics } from '../metrics/metrics.js';
import { NotifyModule } from '../notify/notify.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { OpsNotices } from '../operations/ops-notices.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { InteractionsController } from './interactions.controller.js';
import { ClickedMessages } from './clicked-messages.js';
import { LibraryConnector } from './library-connector.js';
import { MessageClicks } from './message-clicks.js';
import { MessageUpdates } from './message-updates.js';
import { SilenceClicks } from './silence-clicks.js';
import { SlackSocket } from './slack-socket.js';
import { SocketConnector } from './socket-connector.js';
import { SocketEnvelopes } from './socket-envelopes.js';

/** What people do with the router's messages in Slack. */
@Module({
  imports: [RulesModule, OperationsModule, DeliveryModule, NotifyModule],
  controllers: [InteractionsController],
  providers: [
    SilenceClicks,
    MessageClicks,
    ClickedMessages,
    MessageUpdates,
    SocketEnvelopes,
    {
      provide: SocketConnector,
      inject: [Settings],
      useFactory: (settings: Settings): SocketConnector | null =>
        settings.SLACK_APP_TOKEN === undefined
          ? null
          : new LibraryConnector({
              appToken: settings.SLACK_APP_TOKEN,
              apiUrl: settings.SLACK_API_URL,
              timeoutMs: parseDuration(settings.SLACK_TIMEOUT) as number,
            }),
    },
    {
      provide: SlackSocket,
      inject: [SocketConnector, SocketEnvelopes, OpsNotices, Clock, Timer, Metrics],
      useFactory: (
        connector: SocketConnector | null,
        ...others: Tail<ConstructorParameters<typeof SlackSocket>>
      ): SlackSocket | null => (connector === null ? null : new SlackSocket(connector, ...others)),
    },
  ],
  exports: [SlackSocket],
})
export class InteractionsModule {}

type Tail<All extends readonly unknown[]> = All extends [unknown, ...infer Rest] ? Rest : never;
