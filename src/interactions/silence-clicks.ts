import { Injectable } from '@nestjs/common';
import { SilenceKeeper } from '../delivery/silence-keeper.js';
import { parseDuration } from '../domain/duration.js';
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
  ) {}

  /** The silence is stored when this resolves; the message changes later. */
  async take({ rule, author, responseUrl, message }: SilenceClick): Promise<void> {
    if (!this.rules.current.rules.some(({ id }) => id === rule)) {
      // The rules file was changed since the message was posted.
      const text = 'Nothing was silenced: the rule is no longer there.';
      if (responseUrl !== undefined)
        this.updates.begin(responseUrl, { response_type: 'ephemeral', replace_original: false, text });
      return;
    }
    const silence = await this.keeper.start({ rule, forMs, reason: 'Silence 1h button', author });
    if (responseUrl !== undefined && message !== undefined)
      this.updates.begin(responseUrl, silencedMessage(message, silence));
  }
}
