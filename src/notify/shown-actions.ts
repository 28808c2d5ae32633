import { Injectable } from '@nestjs/common';
import { Settings } from '../config/settings.js';
import type { Message, SilenceScope } from '../domain/alerting/message.js';
import { messageActions } from '../domain/channel.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import type { PayloadOptions } from './slack/payload.js';

/** A stored value of this length, in UTF-16 units, may have been cut, and then matches no event. */
const mayBeCut = 200;

/** What people can do below the messages of a channel. */
@Injectable()
export class ShownActions {
  constructor(
    private readonly rules: CurrentRules,
    private readonly settings: Settings,
  ) {}

  /** None as long as Slack has no way to say what people did. */
  options(channel: string): PayloadOptions {
    const { SLACK_SIGNING_SECRET, SLACK_APP_TOKEN } = this.settings;
    if (SLACK_SIGNING_SECRET === undefined && SLACK_APP_TOKEN === undefined) return {};
    return { actions: this.rules.current.channels.get(channel)?.actions ?? messageActions };
  }

  /** The message, offering to silence only what a silence would match: events match as they came, not as they are stored. */
  offered(channel: string, message: Message): Message {
    if (message.kind !== 'alert' || message.handling?.silence === undefined) return message;
    const { handling } = message;
    return { ...message, handling: { ...handling, silence: this.scope(channel, message.handling.silence) } };
  }

  scope(channel: string, { rule, user, address }: SilenceScope): SilenceScope {
    const { channels, redactor } = this.rules.current;
    const redacted = [...redactor.fields, ...(channels.get(channel)?.redactor?.fields ?? [])].map(
      ({ steps }) => steps[0],
    );
    const isWhole = (value: string | undefined, ...fields: readonly string[]): value is string =>
      value !== undefined && value.length < mayBeCut && !fields.some((field) => redacted.includes(field));
    return {
      rule,
      ...(isWhole(user, 'user_name', 'user_id') && { user }),
      ...(isWhole(address, 'ip') && { address }),
    };
  }
}
