import type { Redactor } from './redaction.js';
import type { Message } from './alerting/message.js';
import type { SendOutcome } from './alerting/send-outcome.js';

/** Where a channel's messages go. A `webhook` target always has a URL: an empty one becomes `console` on loading. */
export type ChannelTarget =
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'bot'; readonly slackChannel: string; readonly thread: boolean }
  | { readonly kind: 'console' };

/** What people can do below a message of alerts. */
export const messageActions = ['acknowledge', 'resolve', 'silence'] as const;
export type MessageAction = (typeof messageActions)[number];

export interface Channel {
  readonly name: string;
  readonly target: ChannelTarget;
  /** What its messages, and what is stored of them, do not show beside what no message does. */
  readonly redactor?: Redactor;
  /** What stands below its messages of alerts; absent: all that there is. */
  readonly actions?: readonly MessageAction[];
}

/** `plain`: as minimal plain text, for a message that was refused as it was. */
export type MessageForm = 'full' | 'plain';

/** A message that others are posted below. */
export interface Thread {
  /** The message's ID within its channel, from the outcome of posting it. */
  readonly ts: string;
}

/** Posts a message to a channel by its name, wherever that goes. */
export abstract class Poster {
  /** One attempt. Whatever the network or the channel does becomes an outcome; a rejection is a bug. */
  abstract post(channel: string, message: Message, form: MessageForm, thread?: Thread): Promise<SendOutcome>;

  /** Puts the message in the place of one posted earlier, where the channel can do so. */
  abstract update(channel: string, message: Message, ts: string): Promise<SendOutcome>;
}
