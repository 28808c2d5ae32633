import type { MessageForm, Thread } from '../../delivery/poster.js';
import type { ChannelTarget } from '../../domain/channel.js';
import type { Message } from '../../domain/message.js';
import type { SendOutcome } from '../../domain/send-outcome.js';
import { Notifier } from '../notifier.js';
import { payloadOf, type PayloadOptions } from './payload.js';
import { plainPayload } from './plain-payload.js';
import type { SlackClient } from './slack-client.js';
import { webApiOutcome } from './web-api-outcome.js';

type BotTarget = Extract<ChannelTarget, { kind: 'bot' }>;

/** Posts with a bot token, through chat.postMessage, and changes what it posted. */
export class BotNotifier extends Notifier<BotTarget> {
  /**
   * @param apiUrl for example `https://slack.com/api`.
   * @param token without one every message is refused, as Slack would.
   */
  constructor(
    private readonly client: SlackClient,
    private readonly apiUrl: string,
    private readonly token: string | undefined,
    private readonly options: PayloadOptions = {},
  ) {
    super();
  }

  override async send(
    target: BotTarget,
    message: Message,
    form: MessageForm,
    thread?: Thread,
  ): Promise<SendOutcome> {
    return this.call('chat.postMessage', {
      channel: target.slackChannel,
      ...(form === 'plain' ? plainPayload(message) : payloadOf(message, this.options)),
      ...(thread !== undefined && { thread_ts: thread.ts }),
      unfurl_links: false,
      unfurl_media: false,
    });
  }

  /**
   * Puts the message in the place of one posted earlier. `thread-refused` when there is no such message any more, or
   * it can no longer be changed.
   */
  async update(target: BotTarget, ts: string, message: Message): Promise<SendOutcome> {
    // Blocks that are absent rather than empty would leave those of the earlier message.
    return this.call('chat.update', {
      channel: target.slackChannel,
      ts,
      blocks: [],
      ...payloadOf(message, this.options),
    });
  }

  private async call(method: string, body: object): Promise<SendOutcome> {
    const { token } = this;
    if (token === undefined || token === '') {
      return { kind: 'token-refused', error: 'not_authed: SLACK_BOT_TOKEN is not set' };
    }
    const reply = await this.client.post(`${this.apiUrl.replace(/\/+$/, '')}/${method}`, body, token);
    return reply.kind === 'answer' ? webApiOutcome(reply.answer) : reply.outcome;
  }
}
