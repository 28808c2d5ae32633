import type { Message } from '../domain/message.js';
import type { SendOutcome } from '../domain/send-outcome.js';

/** `plain`: as minimal plain text, for a message that was refused as it was. */
export type MessageForm = 'full' | 'plain';

/** Posts a message to a channel by its name, wherever that goes. */
export abstract class Poster {
  /** One attempt. Whatever the network or the channel does becomes an outcome; a rejection is a bug. */
  abstract post(channel: string, message: Message, form: MessageForm): Promise<SendOutcome>;
}
