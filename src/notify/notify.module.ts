import { Module } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import { slackHostsOf } from '../config/slack-hosts.js';
import { Poster } from '../domain/channel.js';
import { parseDuration } from '../domain/duration.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { RulesModule } from '../rules/reload/rules.module.js';
import { ShownActions } from './shown-actions.js';
import { ChannelPoster } from './channel-poster.js';
import { ConsoleNotifier } from './console/console-notifier.js';
import { BotNotifier } from './slack/bot-notifier.js';
import { SlackClient } from './slack/slack-client.js';
import { WebhookNotifier } from './slack/webhook-notifier.js';

/** One notifier for each kind of channel. */
@Module({
  imports: [RulesModule],
  providers: [
    ShownActions,
    {
      provide: Poster,
      inject: [CurrentRules, Settings, ShownActions],
      useFactory: (rules: CurrentRules, settings: Settings, shown: ShownActions): Poster => {
        const client = new SlackClient(slackHostsOf(settings), parseDuration(settings.SLACK_TIMEOUT));
        return new ChannelPoster(rules, shown, {
          webhook: new WebhookNotifier(client),
          bot: new BotNotifier(client, settings.SLACK_API_URL, settings.SLACK_BOT_TOKEN),
          console: new ConsoleNotifier(),
        });
      },
    },
  ],
  exports: [Poster, ShownActions],
})
export class NotifyModule {}
