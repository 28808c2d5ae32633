import { Injectable, Logger } from '@nestjs/common';
import { isObject } from '../domain/json-value.js';
import { MessageClicks } from './message-clicks.js';
import { interactionOf } from './silence-click.js';
import { SilenceClicks } from './silence-clicks.js';
import type { SocketEnvelope } from './socket-connector.js';

/** Does what the envelopes of Socket Mode report. */
@Injectable()
export class SocketEnvelopes {
  private readonly logger = new Logger(SocketEnvelopes.name);

  constructor(
    private readonly clicks: SilenceClicks,
    private readonly messageClicks: MessageClicks,
  ) {}

  /**
   * Acknowledges an envelope once what it reports is stored. One that could not be stored is not acknowledged, so that
   * Slack sends it again, also to another replica. Never rejects.
   */
  async take(envelope: SocketEnvelope): Promise<void> {
    try {
      await this.store(envelope);
    } catch (error) {
      this.logger.error(`a click could not be stored, and is not acknowledged to Slack: ${String(error)}`);
      return;
    }
    try {
      await envelope.acknowledge();
    } catch {
      this.logger.debug('a click was stored after its connection had ended, so it could not be acknowledged');
    }
  }

  private async store({ id, type, payload }: SocketEnvelope): Promise<void> {
    // Nothing else is asked of Slack, but an app's settings may have it sent.
    if (type !== 'interactive') return;
    const interaction = interactionOf(payload);
    const key = clickKey(id, payload);
    switch (interaction.kind) {
      case 'silence':
        return this.clicks.take(interaction.click, key);
      case 'message':
        return this.messageClicks.take(interaction.click, key);
      case 'other':
        return;
      case 'unreadable':
        // It would be no better the next time.
        this.logger.warn('Slack sent an interaction over Socket Mode that is no JSON object');
        return;
    }
  }
}

/** Tells a click from every other, also where Slack sends it in a new envelope. */
export function clickKey(envelopeId: string, payload: unknown): string {
  const trigger = isObject(payload) ? payload['trigger_id'] : undefined;
  return typeof trigger === 'string' && trigger !== '' ? `trigger ${trigger}` : `envelope ${envelopeId}`;
}
