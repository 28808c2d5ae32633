import { createHmac } from 'node:crypto';
import type { FakeSlack } from './fake-slack.js';
import { isJsonObject, objectsIn, stringAt, type JsonObject } from './fake-slack/json.js';
import type { AcceptedMessage } from './fake-slack/workspace.js';

export const signingSecret = 'signing-secret';

/** An element below a message: what it is, and the values it can bring back. */
export interface ShownAction {
  readonly actionId: string;
  readonly values: readonly string[];
}

/** The buttons and menus of a message, in order. */
export function actionsOf({ body }: AcceptedMessage): ShownAction[] {
  return [...objectsIn(body)]
    .filter((object) => object['type'] === 'button' || object['type'] === 'static_select')
    .map((element) => ({
      actionId: stringAt(element, 'action_id') ?? '',
      values: [...objectsIn(element)].flatMap((inner) => stringAt(inner, 'value') ?? []),
    }));
}

/** What Slack reports when somebody uses an element; as an option of a menu unless the element is a button. */
export function clickOn(
  slack: FakeSlack,
  message: AcceptedMessage,
  actionId: string,
  ending = '',
  user: JsonObject = { id: 'U1', username: 'ann', name: 'Ann' },
): JsonObject {
  const action = actionsOf(message).find((one) => one.actionId === actionId);
  const value = action?.values.find((one) => one.endsWith(ending));
  if (value === undefined) throw new Error(`the message has no ${actionId} that ends with ${ending}`);
  const chosen =
    actionId === 'acknowledge'
      ? { type: 'button', value }
      : { type: 'static_select', selected_option: { value } };
  return {
    type: 'block_actions',
    user,
    container: { type: 'message', message_ts: message.ts ?? '1.1' },
    message: isJsonObject(message.body) ? message.body : {},
    actions: [{ action_id: actionId, block_id: 'b', action_ts: '1.1', ...chosen }],
    response_url: slack.webhookUrl('response'),
  };
}

/** Posts an interaction to a router as Slack does, and gives the answer's status. */
export async function postClick(url: string, payload: JsonObject, at = Date.now()): Promise<number> {
  const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
  const timestamp = String(Math.floor(at / 1_000));
  const digest = createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
  return (await fetch(`${url}/slack/interactions`, { method: 'POST', headers, body })).status;
}
