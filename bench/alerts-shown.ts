import { isJsonObject } from '../test/support/fake-slack/json.js';
import { messageText } from '../test/support/fake-slack/message-text.js';

/** How many alerts a message says it shows. */
export function alertsShown(body: unknown): number {
  if (!isJsonObject(body)) return 0;
  return Number(/(\d+) alerts/.exec(messageText(body))?.[1] ?? 1);
}
