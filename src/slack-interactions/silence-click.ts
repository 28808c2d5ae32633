import { isObject } from '../domain/json-value.js';
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
  | { readonly kind: 'silence'; readonly click: SilenceClick }
  /** An interaction that has no effect here, such as a link that somebody opened. */
  | { readonly kind: 'other' }
  | { readonly kind: 'unreadable' };

/** Reads what Slack posts to an app's Request URL for interactivity: a form whose `payload` is JSON. */
export function readInteraction(body: Buffer): Interaction {
  const payload = parse(new URLSearchParams(body.toString('utf8')).get('payload'));
  if (!isObject(payload)) return { kind: 'unreadable' };
  const actions = Array.isArray(payload['actions']) ? payload['actions'].filter(isObject) : [];
  const rule = actions.find((action) => action['action_id'] === silenceActionId)?.['value'];
  if (payload['type'] !== 'block_actions' || typeof rule !== 'string') return { kind: 'other' };
  const { response_url: responseUrl, message } = payload;
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
