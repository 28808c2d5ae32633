import type { MessageForm, Thread, ChannelTarget } from '../../domain/channel.js';
import type { Message } from '../../domain/alerting/message.js';
import type { SendOutcome } from '../../domain/alerting/send-outcome.js';
import { payloadOf, type PayloadOptions } from './payload.js';
import { plainPayload } from './plain-payload.js';
import type { SlackClient } from './slack-client.js';
import { channelIdIn, isChannelId, webApiOutcome } from './web-api-outcome.js';

type BotTarget = Extract<ChannelTarget, { kind: 'bot' }>;

/** Posts with a bot token, through chat.postMessage, and changes what it posted. */
export class BotNotifier {
  /**
   * The IDs that Slack answered for channels which the rules call by their names. chat.update takes IDs alone, and comes
   * after a post to the same channel, so that they need not outlast the process.
   */
  private readonly ids = new Map<string, string>();

  /**
   * @param apiUrl for example `https://slack.com/api`.
   * @param token without one every message is refused, as Slack would.
   */
  constructor(
    private readonly client: SlackClient,
    private readonly apiUrl: string,
    private readonly token: string | undefined,
  ) {}

  async send(
    target: BotTarget,
    message: Message,
    form: MessageForm,
    thread?: Thread,
    options: PayloadOptions = {},
  ): Promise<SendOutcome> {
    const { outcome, channelId } = await this.call('chat.postMessage', {
      channel: target.slackChannel,
      ...(form === 'plain' ? plainPayload(message) : payloadOf(message, options)),
      ...(thread !== undefined && { thread_ts: thread.ts }),
      unfurl_links: false,
      unfurl_media: false,
    });
    if (channelId !== undefined) this.ids.set(target.slackChannel, channelId);
    return outcome;
  }

  /**
   * Puts the message in the place of one posted earlier. `thread-refused` when there is no such message any more, or
   * it can no longer be changed.
   */
  async update(
    target: BotTarget,
    ts: string,
    message: Message,
    options: PayloadOptions = {},
  ): Promise<SendOutcome> {
    const channel = this.ids.get(target.slackChannel) ?? target.slackChannel;
    if (!isChannelId(channel))
      return { kind: 'thread-refused', error: 'the ID of the channel is not known, only its name' };
    // Blocks that are absent rather than empty would leave those of the earlier message.
    const { outcome } = await this.call('chat.update', {
      channel,
      ts,
      blocks: [],
      attachments: [],
      ...payloadOf(message, options),
    });
    return outcome;
  }

  private async call(method: string, body: object): Promise<{ outcome: SendOutcome; channelId?: string }> {
    const { token } = this;
    if (token === undefined || token === '') {
      return { outcome: { kind: 'token-refused', error: 'not_authed: SLACK_BOT_TOKEN is not set' } };
    }
    const reply = await this.client.post(`${this.apiUrl.replace(/\/+$/, '')}/${method}`, body, token);
    if (reply.kind === 'no-answer') return { outcome: reply.outcome };
    const channelId = channelIdIn(reply.answer);
    return { outcome: webApiOutcome(reply.answer), ...(channelId !== undefined && { channelId }) };
  }
}
