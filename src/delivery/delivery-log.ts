import type { Clock } from '../domain/clock.js';
import { durationText } from '../domain/duration.js';
import type { Settlement } from '../domain/alerting/settlement.js';
import type { DueDelivery } from '../storage/outbox/delivery-queue.js';
import { RateLimitedLog, type WarnLogger } from '../app/rate-limited-log.js';

/** Where lines go; Nest's logger is one. */
export interface DeliveryLogger extends WarnLogger {
  log(line: string): void;
  error(line: string): void;
}

/** The alerts that a message shows, up to so many of them. */
export type AlertsOf = (delivery: string, most: number) => Promise<readonly string[]>;

/** How many channels a minute get a line of one kind. */
const channelsAMinute = 20;
/** How many alerts a dead message's line names. */
const alertsNamed = 10;

/**
 * Logs what became of attempts: a line for each message that was delivered or is dead, and for each pause of a channel
 * and its end; for retries, plain resends and holds, of which there may be many, one a minute and channel.
 */
export class DeliveryLog {
  private readonly retries: RateLimitedLog;
  private readonly resends: RateLimitedLog;
  private readonly holds: RateLimitedLog;

  constructor(
    private readonly logger: DeliveryLogger,
    private readonly clock: Clock,
    private readonly alertsOf: AlertsOf,
  ) {
    this.retries = new RateLimitedLog(logger, clock, channelsAMinute);
    this.resends = new RateLimitedLog(logger, clock, channelsAMinute);
    this.holds = new RateLimitedLog(logger, clock, channelsAMinute);
  }

  /** Takes note of what followed from an attempt. Never fails. */
  async attempted(delivery: DueDelivery, { step, error, pausedWith }: Settlement): Promise<void> {
    const { id, channel, probe } = delivery;
    const why = (error?.text ?? 'unknown').replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300);
    switch (step.kind) {
      case 'delivered':
        if (probe) this.lifted(channel);
        this.logger.log(`a message for the channel ${channel} was delivered (message ${id})`);
        return;
      case 'retry':
        // Only the beginning: a message that is tried for a day would fill pages.
        if (delivery.firstTriedAt === undefined)
          this.retries.warn(
            channel,
            `a message for the channel ${channel} is tried again until it gets through: ${why} (message ${id})`,
          );
        return;
      case 'resend-plain':
        if (probe) this.lifted(channel);
        this.resends.warn(
          channel,
          `the channel ${channel} refused a message, which is sent again as plain text: ${why} (message ${id})`,
        );
        return;
      case 'hold-channel':
        if (!probe)
          this.holds.warn(channel, `the channel ${channel} is held for ${this.until(step.until)}: ${why}`);
        return;
      case 'pause-channel': {
        if (probe) return;
        const others = pausedWith.filter((name) => name !== channel);
        const more = others.length === 0 ? '' : `, and with it ${others.join(', ')}`;
        this.logger.warn(
          `the channel ${channel} is paused${more}: ${why}; its messages are kept, and one is tried every few minutes`,
        );
        return;
      }
      case 'dead':
        if (probe) this.lifted(channel);
        this.logger.error(
          `a message for the channel ${channel} is dead: ${why} (message ${id}${await this.alerts(delivery)})`,
        );
        return;
    }
  }

  private lifted(channel: string): void {
    this.logger.warn(`the channel ${channel} is no longer paused`);
  }

  private until(time: number): string {
    return durationText(Math.max(1_000, Math.ceil((time - this.clock.now()) / 1_000) * 1_000));
  }

  private async alerts({ id, message }: DueDelivery): Promise<string> {
    if (message.kind === 'follow-up') return `, a follow-up of the rule ${message.followUp.ruleId}`;
    if (message.kind === 'notice') return `, the notice ${JSON.stringify(message.notice.title)}`;
    try {
      const ids = await this.alertsOf(id, alertsNamed + 1);
      if (ids.length === 0) return '';
      const more = ids.length > alertsNamed ? ' and more' : '';
      return `, ${ids.length === 1 ? 'alert' : 'alerts'} ${ids.slice(0, alertsNamed).join(', ')}${more}`;
    } catch {
      // The message's own id is enough to find them.
      return '';
    }
  }
}
