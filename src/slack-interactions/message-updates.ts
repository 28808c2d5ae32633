import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { parseDuration } from '../domain/duration.js';
import { Settings } from '../config/settings.js';
import { hostRefusal, slackHostsOf } from '../config/slack-hosts.js';
import { SlackClient } from '../notify/slack/slack-client.js';

/** Changes messages through the response URL that Slack sends with an interaction, once it has been answered. */
@Injectable()
export class MessageUpdates implements BeforeApplicationShutdown {
  private readonly logger = new Logger(MessageUpdates.name);
  private readonly client: SlackClient;
  private readonly underWay = new Set<Promise<void>>();

  constructor(private readonly settings: Settings) {
    this.client = new SlackClient(slackHostsOf(settings), parseDuration(settings.SLACK_TIMEOUT));
  }

  /**
   * Starts without waiting; failures are logged: what was done holds whether or not the message shows it.
   *
   * @param refused is called where Slack did not take it
   */
  begin(responseUrl: string, payload: object, refused?: () => Promise<void>): void {
    const update = this.postOr(responseUrl, payload, refused).finally(() => this.underWay.delete(update));
    this.underWay.add(update);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async postOr(url: string, payload: object, refused?: () => Promise<void>): Promise<void> {
    if (!(await this.post(url, payload))) await refused?.();
  }

  private async post(responseUrl: string, payload: object): Promise<boolean> {
    if (!isResponseUrl(responseUrl, this.settings)) {
      this.logger.warn('a message was not edited, because its response URL does not belong to Slack');
      return false;
    }
    const reply = await this.client.post(responseUrl, payload);
    if (reply.kind === 'answer' && reply.answer.status === 200) return true;
    const why =
      reply.kind === 'answer'
        ? `${reply.answer.status} ${/^[a-z_]{1,80}$/.exec(reply.answer.body.trim())?.[0] ?? ''}`.trim()
        : reply.outcome.kind;
    this.logger.warn(`a message could not be edited to show what was done about it: ${why}`);
    return false;
  }
}

/**
 * Whether a URL belongs to Slack, or to the server that SLACK_API_URL names instead: nothing is posted elsewhere,
 * even when it is signed.
 */
export function isResponseUrl(
  url: string,
  settings: Pick<Settings, 'SLACK_API_URL' | 'SLACK_ALLOW_HOSTS'>,
): boolean {
  if (!URL.canParse(url)) return false;
  const { origin, port } = new URL(url);
  if (origin === new URL(settings.SLACK_API_URL).origin) return true;
  return (
    port === '' && hostRefusal(url, { allowed: settings.SLACK_ALLOW_HOSTS, loopback: false }) === undefined
  );
}
