import type { MessageForm } from '../../delivery/poster.js';
import type { ChannelTarget } from '../../domain/channel.js';
import type { Message } from '../../domain/message.js';
import type { SendOutcome } from '../../domain/send-outcome.js';
import { Notifier } from '../notifier.js';
import { payloadOf } from './payload.js';
import { plainPayload } from './plain-payload.js';
import type { SlackClient } from './slack-client.js';
import { webApiOutcome } from './web-api-outcome.js';

type BotTarget = Extract<ChannelTarget, { kind: 'bot' }>;

/** Posts with a bot token, through chat.postMessage. */
export class BotNotifier extends Notifier<BotTarget> {
  /**
   * @param apiUrl for example `https://slack.com/api`.
   * @param token without one every message is refused, as Slack would.
   */
  constructor(
    private readonly client: SlackClient,
    private readonly apiUrl: string,
    private readonly token: string | undefined,
  ) {
    super();
  }

  override async send(target: BotTarget, message: Message, form: MessageForm): Promise<SendOutcome> {
    const { token } = this;
    if (token === undefined || token === '') {
      return { kind: 'token-refused', error: 'not_authed: SLACK_BOT_TOKEN is not set' };
    }
    const url = `${this.apiUrl.replace(/\/+$/, '')}/chat.postMessage`;
    const payload = form === 'plain' ? plainPayload(message) : payloadOf(message);
    const body = { channel: target.slackChannel, ...payload, unfurl_links: false, unfurl_media: false };
    const reply = await this.client.post(url, body, token);
    return reply.kind === 'answer' ? webApiOutcome(reply.answer) : reply.outcome;
  }
}
