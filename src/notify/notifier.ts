import type { MessageForm, Thread, ChannelTarget } from '../domain/channel.js';
import type { Message } from '../domain/alerting/message.js';
import type { SendOutcome } from '../domain/alerting/send-outcome.js';

/** Posts messages to one kind of channel. */
export abstract class Notifier<T extends ChannelTarget = ChannelTarget> {
  /**
   * One attempt to post the message in that form. Whatever the network or the channel does becomes an outcome; a
   * rejection is a bug.
   * @param thread where the message goes; a kind of channel that has no threads posts it to the channel itself.
   */
  abstract send(target: T, message: Message, form: MessageForm, thread?: Thread): Promise<SendOutcome>;
}
