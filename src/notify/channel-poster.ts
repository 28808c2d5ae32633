import { Poster, type MessageForm, type Thread, type ChannelTarget } from '../domain/channel.js';
import type { Message } from '../domain/alerting/message.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';
import type { CurrentRules } from '../rules/reload/current-rules.js';
import type { Notifier } from './notifier.js';
import type { BotNotifier } from './slack/bot-notifier.js';

interface Notifiers {
  readonly webhook: Notifier<Extract<ChannelTarget, { kind: 'webhook' }>>;
  readonly bot: BotNotifier;
  readonly console: Notifier<Extract<ChannelTarget, { kind: 'console' }>>;
}

/** Finds where a channel goes by the rules in force, and posts there. */
export class ChannelPoster extends Poster {
  constructor(
    private readonly rules: CurrentRules,
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
        return this.notifiers.webhook.send(target, message, form);
      case 'bot':
        return this.notifiers.bot.send(target, message, form, thread);
      case 'console':
        return this.notifiers.console.send(target, message, form);
    }
  }

  override async update(channel: string, message: Message, ts: string): Promise<SendOutcome> {
    const target = this.rules.current.channels.get(channel)?.target;
    if (target?.kind !== 'bot')
      return { kind: 'thread-refused', error: 'only a bot can change its messages' };
    return this.notifiers.bot.update(target, ts, message);
  }
}
