import { Poster, type MessageForm } from '../delivery/poster.js';
import type { ChannelTarget } from '../domain/channel.js';
import type { Message } from '../domain/message.js';
import type { SendOutcome } from '../domain/send-outcome.js';
import type { CurrentRules } from '../rules/current-rules.js';
import type { Notifier } from './notifier.js';

type Notifiers = {
  readonly [Kind in ChannelTarget['kind']]: Notifier<Extract<ChannelTarget, { kind: Kind }>>;
};

/** Finds where a channel goes by the rules in force, and posts there. */
export class ChannelPoster extends Poster {
  constructor(
    private readonly rules: CurrentRules,
    private readonly notifiers: Notifiers,
  ) {
    super();
  }

  override async post(channel: string, message: Message, form: MessageForm): Promise<SendOutcome> {
    const target = this.rules.current.channels.get(channel)?.target;
    if (target === undefined) return { kind: 'channel-refused', error: 'the rules file has no such channel' };
    switch (target.kind) {
      case 'webhook':
        return this.notifiers.webhook.send(target, message, form);
      case 'bot':
        return this.notifiers.bot.send(target, message, form);
      case 'console':
        return this.notifiers.console.send(target, message, form);
    }
  }
}
