import type { Message, Notice } from '../domain/alerting/message.js';
import type { NextStep } from '../domain/alerting/retry-policy.js';
import { plainText } from '../domain/alert.js';
import { followUpText } from '../domain/alerting/follow-up.js';
import { leadOf } from '../domain/alerting/digest.js';

/**
 * The notice that operators get after an attempt: that a message is dead, or that a channel is paused. Nothing else is worth
 * a notice, and a notice that can't be delivered makes no further one.
 */
export function refusalNotice(
  channel: string,
  message: Message,
  step: NextStep,
  error: string,
  now: number,
): Notice | undefined {
  if (message.kind === 'notice') return undefined;
  switch (step.kind) {
    case 'dead':
      return { severity: 'high', ...deadText(channel, message, error), at: now };
    case 'pause-channel':
      return pausedNotice(channel, error, now);
    case 'delivered':
    case 'retry':
    case 'resend-plain':
    case 'hold-channel':
      return undefined;
  }
}

export function pausedNotice(channel: string, error: string, now: number): Notice {
  return {
    severity: 'high',
    title: `The channel ${channel} is paused`,
    detail: `${error}. Its messages are kept, and one is tried every few minutes until it is accepted.`,
    at: now,
  };
}

function deadText(
  channel: string,
  message: Exclude<Message, { kind: 'notice' }>,
  error: string,
): Pick<Notice, 'title' | 'detail'> {
  switch (message.kind) {
    case 'follow-up':
      return {
        title: `A follow-up could not be delivered to ${channel}`,
        detail: `${error}: ${message.followUp.ruleName}: ${followUpText(message.followUp)}`,
      };
    case 'alert':
      return {
        title: `An alert could not be delivered to ${channel}`,
        detail: `${error}: ${message.alerts.map((alert) => plainText(alert.title)).join('; ')}`,
      };
    case 'digest':
      return {
        title: `${message.digest.total} alerts could not be delivered to ${channel}`,
        detail: `${error}. One message was to show them all. The worst: ${plainText(leadOf(message.digest).title)}`,
      };
  }
}
