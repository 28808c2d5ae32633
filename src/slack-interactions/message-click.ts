import { resolutions, type StateChange } from '../domain/alerting/delivery-state.js';
import { isObject } from '../domain/json-value.js';
import { actionIds, actionParts, silenceDurations } from '../notify/slack/message-actions.js';

/** Whose alerts a silence is about. */
export type ClickedScope = 'rule' | 'user' | 'address';

/** What somebody chose below a message. */
export type Chosen =
  | { readonly kind: 'state'; readonly change: StateChange }
  | {
      readonly kind: 'silence';
      readonly for: (typeof silenceDurations)[number];
      readonly scope: ClickedScope;
    };

/** Somebody used a button or a menu below a message of alerts. */
export interface MessageClick {
  /** The id of the message's delivery. */
  readonly delivery: string;
  readonly chosen: Chosen;
  /** Who, as Slack names people: a name they chose themselves, and their id. */
  readonly author: string;
  /** Where the message can be changed, and the person answered. */
  readonly responseUrl?: string;
}

/** What an action of Slack's `block_actions` payload asks for; undefined for one that is none of the router's. */
export function chosenIn(
  action: Readonly<Record<string, unknown>>,
): Pick<MessageClick, 'delivery' | 'chosen'> | undefined {
  const [delivery, first, second] = actionParts(valueOf(action) ?? '');
  if (delivery === undefined || delivery === '') return undefined;
  switch (action['action_id']) {
    case actionIds.acknowledge:
      return { delivery, chosen: { kind: 'state', change: { kind: 'acknowledge' } } };
    case actionIds.resolve: {
      const as = resolutions.find((one) => one === first);
      return as && { delivery, chosen: { kind: 'state', change: { kind: 'resolve', as } } };
    }
    case actionIds.silence: {
      const duration = silenceDurations.find((one) => one === first);
      const scope = (['rule', 'user', 'address'] as const).find((one) => one === second);
      return duration && scope && { delivery, chosen: { kind: 'silence', for: duration, scope } };
    }
    default:
      return undefined;
  }
}

/** That of a button, or of what was chosen from a menu. */
function valueOf(action: Readonly<Record<string, unknown>>): string | undefined {
  const selected = action['selected_option'];
  const value = isObject(selected) ? selected['value'] : action['value'];
  return typeof value === 'string' ? value : undefined;
}
