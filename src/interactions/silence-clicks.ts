import { Injectable } from '@nestjs/common';
import { SilenceKeeper } from '../delivery/silence-keeper.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { Transactions } from '../domain/stores.js';
import { CurrentRules } from '../rules/current-rules.js';
import { MessageUpdates } from './message-updates.js';
import type { SilenceClick } from './silence-click.js';
import { silencedMessage } from './silenced-message.js';

const forMs = parseDuration('1h') as number;

/** Makes a pressed button a silence, and has the message show it. */
@Injectable()
export class SilenceClicks {
  constructor(
    private readonly rules: CurrentRules,
    private readonly keeper: SilenceKeeper,
    private readonly updates: MessageUpdates,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
  ) {}

  /**
   * The silence is stored when this resolves; the message changes later. A press that was taken before does nothing.
   *
   * @param signature Slack's, of the request that told of the press
   */
  async take({ rule, author, responseUrl, message }: SilenceClick, signature: string): Promise<void> {
    if (!this.rules.current.rules.some(({ id }) => id === rule)) {
      // The rules file was changed since the message was posted.
      const isNew = await this.transactions.run(({ slackClicks }) =>
        slackClicks.record(signature, this.clock.now()),
      );
      const text = 'Nothing was silenced: the rule is no longer there.';
      if (isNew && responseUrl !== undefined)
        this.updates.begin(responseUrl, { response_type: 'ephemeral', replace_original: false, text });
      return;
    }
    const request = { rule, forMs, reason: 'Silence 1h button', author };
    const silence = await this.keeper.startOnce(signature, request);
    if (silence !== undefined && responseUrl !== undefined && message !== undefined)
      this.updates.begin(responseUrl, silencedMessage(message, silence));
  }
}
