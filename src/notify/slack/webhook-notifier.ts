import type { MessageForm, ChannelTarget } from '../../domain/channel.js';
import type { Message } from '../../domain/alerting/message.js';
import type { SendOutcome } from '../../domain/alerting/send-outcome.js';
import { payloadOf, type PayloadOptions } from './payload.js';
import { plainPayload } from './plain-payload.js';
import type { SlackClient } from './slack-client.js';
import { webhookOutcome } from './webhook-outcome.js';

type WebhookTarget = Extract<ChannelTarget, { kind: 'webhook' }>;

/** Posts through Slack's Incoming Webhooks. */
export class WebhookNotifier {
  constructor(private readonly client: SlackClient) {}

  async send(
    target: WebhookTarget,
    message: Message,
    form: MessageForm,
    options: PayloadOptions = {},
  ): Promise<SendOutcome> {
    const payload = form === 'plain' ? plainPayload(message) : payloadOf(message, options);
    const reply = await this.client.post(target.url, payload);
    return reply.kind === 'answer' ? webhookOutcome(reply.answer) : reply.outcome;
  }
}
