import { Poster, type MessageForm, type Thread } from '../domain/channel.js';
import type { Message } from '../domain/alerting/message.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';
import type { CurrentRules } from '../rules/reload/current-rules.js';
import type { ConsoleNotifier } from './console/console-notifier.js';
import type { ShownActions } from './shown-actions.js';
import type { BotNotifier } from './slack/bot-notifier.js';
import type { WebhookNotifier } from './slack/webhook-notifier.js';

interface Notifiers {
  readonly webhook: WebhookNotifier;
  readonly bot: BotNotifier;
  readonly console: ConsoleNotifier;
}

/** Finds where a channel goes by the rules in force, and posts there. */
export class ChannelPoster extends Poster {
  constructor(
    private readonly rules: CurrentRules,
    private readonly shown: ShownActions,
    private readonly notifiers: Notifiers,
  ) {
    super();
  }

  override async post(
    channel: string,
    message: Message,
    form: MessageForm,
    thread?: Thread,
  ): Promise<SendOutcome> {
    const target = this.rules.current.channels.get(channel)?.target;
    if (target === undefined) return { kind: 'channel-refused', error: 'the rules file has no such channel' };
    switch (target.kind) {
      case 'webhook':
        return this.notifiers.webhook.send(
          target,
          this.shown.offered(channel, message),
          form,
          this.shown.options(channel),
        );
      case 'bot':
        return this.notifiers.bot.send(
          target,
          this.shown.offered(channel, message),
          form,
          thread,
          this.shown.options(channel),
        );
      case 'console':
        return this.notifiers.console.send(message);
    }
  }

  override async update(channel: string, message: Message, ts: string): Promise<SendOutcome> {
    const target = this.rules.current.channels.get(channel)?.target;
    if (target?.kind !== 'bot')
      return { kind: 'thread-refused', error: 'only a bot can change its messages' };
    return this.notifiers.bot.update(
      target,
      ts,
      this.shown.offered(channel, message),
      this.shown.options(channel),
    );
  }
}
