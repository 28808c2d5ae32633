import type { Message } from '../../domain/message.js';
import type { SendOutcome } from '../../domain/send-outcome.js';
import { payloadOf, type SlackPayload } from './payload.js';
import { plainPayload } from './plain-payload.js';

/**
 * Posts the message, and once more as minimal plain text when Slack refuses it for good. The outcome is then that of
 * the second post.
 */
export async function postOrPlain(
  message: Message,
  post: (payload: SlackPayload) => Promise<SendOutcome>,
): Promise<SendOutcome> {
  const outcome = await post(payloadOf(message));
  return outcome.kind === 'message-refused' ? post(plainPayload(message)) : outcome;
}
