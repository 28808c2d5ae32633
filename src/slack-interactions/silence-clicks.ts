import { Injectable } from '@nestjs/common';
import { maxInForce, SilenceService } from '../operations/silence-service.js';
import { Audit } from '../operations/audit.js';
import { Clock } from '../domain/clock.js';
import { parseDuration } from '../domain/duration.js';
import { Transactions } from '../domain/stores.js';
import { CurrentRules } from '../rules/reload/current-rules.js';
import { MessageUpdates } from './message-updates.js';
import type { SilenceClick } from './silence-click.js';
import { silencedMessage } from './silenced-message.js';

const forMs = parseDuration('1h') as number;

/** Makes a pressed button a silence, and has the message show it. */
@Injectable()
export class SilenceClicks {
  constructor(
    private readonly rules: CurrentRules,
    private readonly keeper: SilenceService,
    private readonly updates: MessageUpdates,
    private readonly transactions: Transactions,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /**
   * The silence is stored when this resolves; the message changes later. A press that was taken before does nothing.
   *
   * @param signature Slack's, of the request that reported the press
   */
  async take({ rule, author, responseUrl, message }: SilenceClick, signature: string): Promise<void> {
    if (!this.rules.current.rules.some(({ id }) => id === rule)) {
      // The rules file was changed since the message was posted.
      const isNew = await this.transactions.run(({ slackClicks }) =>
        slackClicks.record(signature, this.clock.now()),
      );
      if (isNew) this.say(responseUrl, 'Nothing was silenced: the rule is no longer there.');
      return;
    }
    const request = { rule, forMs, reason: 'Silence 1h button', author };
    const started = await this.keeper.startOnce(signature, request);
    switch (started.kind) {
      case 'started':
        await this.audit.record({ by: author, from: 'slack', action: `Silence 1h: ${rule}`, status: null });
        if (responseUrl !== undefined && message !== undefined)
          this.updates.begin(responseUrl, silencedMessage(message, started.silence));
        return;
      case 'too-many':
        this.say(
          responseUrl,
          `Nothing was silenced: ${maxInForce} silences are in force, and there can be no more.`,
        );
        return;
      case 'taken-before':
        return;
    }
  }

  /** Shown only to the person who pressed the button. */
  private say(responseUrl: string | undefined, text: string): void {
    if (responseUrl !== undefined)
      this.updates.begin(responseUrl, { response_type: 'ephemeral', replace_original: false, text });
  }
}
