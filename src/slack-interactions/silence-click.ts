import { isObject } from '../domain/json-value.js';
import { chosenIn, type MessageClick } from './message-click.js';
import { silenceActionId } from '../notify/slack/silence-button.js';

/** Somebody pressed the button below an alert. */
export interface SilenceClick {
  /** The id of the rule. */
  readonly rule: string;
  /** Who, as Slack names people: a name they chose themselves, and their id. */
  readonly author: string;
  /** Where the message can be changed. */
  readonly responseUrl?: string;
  /** The message as Slack holds it. */
  readonly message?: Readonly<Record<string, unknown>>;
}

export type Interaction =
  /** The button of an earlier version. */
  | { readonly kind: 'silence'; readonly click: SilenceClick }
  | { readonly kind: 'message'; readonly click: MessageClick }
  /** An interaction that has no effect here, such as a link that somebody opened. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable' };

/** Reads what Slack posts to an app's Request URL for interactivity: a form whose `payload` is JSON. */
export function readInteraction(body: Buffer): Interaction {
  return interactionOf(parse(new URLSearchParams(body.toString('utf8')).get('payload')));
}

/** Reads the payload itself, as it also comes over Socket Mode. */
export function interactionOf(payload: unknown): Interaction {
  if (!isObject(payload)) return { kind: 'unreadable' };
  const actions = Array.isArray(payload['actions']) ? payload['actions'].filter(isObject) : [];
  if (payload['type'] !== 'block_actions') return { kind: 'other' };
  const { response_url: responseUrl, message } = payload;
  const chosen = actions.map(chosenIn).find((one) => one !== undefined);
  if (chosen !== undefined) {
    const url = typeof responseUrl === 'string' ? { responseUrl } : {};
    return { kind: 'message', click: { ...chosen, author: authorOf(payload['user']), ...url } };
  }
  const rule = actions.find((action) => action['action_id'] === silenceActionId)?.['value'];
  if (typeof rule !== 'string') return { kind: 'other' };
  return {
    kind: 'silence',
    click: {
      rule,
      author: authorOf(payload['user']),
      ...(typeof responseUrl === 'string' && { responseUrl }),
      ...(isObject(message) && { message }),
    },
  };
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function authorOf(user: unknown): string {
  if (!isObject(user)) return 'somebody in Slack';
  const id = textOf(user['id']);
  const name = textOf(user['name']) ?? textOf(user['username']);
  if (name === undefined) return id ?? 'somebody in Slack';
  return id === undefined ? name : `${name} (${id})`;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.slice(0, 100) : undefined;
}
