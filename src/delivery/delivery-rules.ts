import type { Settings } from '../config/settings.js';
import type { CurrentRules } from '../rules/reload/current-rules.js';
import type { Pace } from '../storage/outbox/delivery-queue.js';
import { paceOf } from './channel-pace.js';

/** What the rules in force and the settings say about delivering. */
export interface DeliveryRules {
  /** How fast the channel may be posted to; undefined: as fast as it takes messages. */
  paceOf(channel: string): Pace | undefined;
  /** The channels that are posted to with the bot token, which are paused together when it is refused. */
  botChannels(): readonly string[];
  /** Where notices go now, if anywhere. */
  opsChannel(): string | undefined;
  /** Where those go that can't go there, if anywhere. */
  opsFallback(): string | undefined;
}

export function deliveryRules(rules: CurrentRules, settings: Settings): DeliveryRules {
  return {
    paceOf: (channel) => paceOf(rules.current.channels.get(channel)?.target, settings),
    botChannels: () =>
      [...rules.current.channels.values()]
        .filter(({ target }) => target.kind === 'bot')
        .map(({ name }) => name),
    opsChannel: () => rules.current.opsChannel,
    opsFallback: () => rules.current.opsFallback,
  };
}

/** Where a channel's notices go when they can't go there: only the ops channel has such a place. */
export function fallbackOf(rules: DeliveryRules, channel: string): string | undefined {
  return rules.opsChannel() === channel ? rules.opsFallback() : undefined;
}
