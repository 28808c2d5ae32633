import { Injectable, Logger } from '@nestjs/common';
import { plainText } from '../domain/alert.js';
import type { Message } from '../domain/alerting/message.js';
import { Clock } from '../domain/clock.js';
import { Ids, Transactions } from '../domain/stores.js';
import { Deliverer } from '../delivery/deliverer.js';
import { ShownActions } from '../notify/shown-actions.js';
import { payloadOf } from '../notify/slack/payload.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { DeliveryQueue } from '../storage/outbox/delivery-queue.js';
import type { MessageClick } from './message-click.js';
import { MessageUpdates } from './message-updates.js';

/** Has a message show what was done about it, and answers the person who did so. */
@Injectable()
export class ClickedMessages {
  private readonly logger = new Logger(ClickedMessages.name);

  constructor(
    private readonly queue: DeliveryQueue,
    private readonly rules: CurrentRules,
    private readonly shown: ShownActions,
    private readonly updates: MessageUpdates,
    private readonly transactions: Transactions,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Shows a webhook's message as it is now, through the click's response URL: Slack has no other way to change it. Where
   * that fails, the channel is told in a message of its own. A bot's message is changed through the outbox.
   *
   * @param title what was done, in words
   */
  async show({ delivery, responseUrl }: MessageClick, channel: string, title: string): Promise<void> {
    if (this.rules.current.channels.get(channel)?.target.kind === 'bot') return;
    const message = await this.queue.currentMessage(delivery);
    if (message === undefined) return;
    const payload = payloadOf(this.shown.offered(channel, message), this.shown.options(channel));
    const tell = (): Promise<void> => this.tell(channel, `${title}: ${titleOf(message)}`);
    if (responseUrl === undefined) return tell();
    this.updates.begin(
      responseUrl,
      { replace_original: true, blocks: [], attachments: [], ...payload },
      tell,
    );
  }

  /** Shown only to the person who clicked. */
  answer({ responseUrl }: MessageClick, text: string): void {
    if (responseUrl !== undefined)
      this.updates.begin(responseUrl, { response_type: 'ephemeral', replace_original: false, text });
  }

  private async tell(channel: string, title: string): Promise<void> {
    const now = this.clock.now();
    const notice = { severity: 'info', title, detail: '', at: now, brief: true } as const;
    try {
      await this.transactions.run(({ outbox }) =>
        outbox.add([{ id: this.ids.next(), channel, notice }], [], now),
      );
      this.deliverer.wake([channel]);
    } catch (error) {
      this.logger.error(`what was done about a message could not be told in ${channel}: ${String(error)}`);
    }
  }
}

function titleOf(message: Message): string {
  switch (message.kind) {
    case 'alert':
      return message.alerts.map((alert) => plainText(alert.title)).join('; ');
    case 'digest':
      return `${message.digest.total} alerts`;
    case 'notice':
    case 'follow-up':
      return '';
  }
}
