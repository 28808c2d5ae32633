import type { SendOutcome } from '../../domain/alerting/send-outcome.js';
import { retryAfterMs, outcomeByStatus, type SlackAnswer } from './slack-answer.js';

type Class = 'hold' | 'retry' | 'slowly' | 'maybe-posted' | 'message' | 'thread' | 'channel' | 'token';

/** The errors of chat.postMessage and chat.update, from their reference pages and the Web API's rate limits page. */
const codes: Readonly<Record<Class, readonly string[]>> = {
  hold: ['ratelimited', 'rate_limited'],
  retry: ['service_unavailable', 'internal_error', 'request_timeout', 'team_added_to_org'],
  'maybe-posted': ['fatal_error'],
  slowly: ['message_limit_exceeded'],
  message: [
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'too_many_attachments',
    'attachment_payload_limit_exceeded',
    'metadata_too_large',
  ],
  thread: [
    'cannot_reply_to_message',
    'restricted_action_thread_locked',
    'restricted_action_non_threadable_channel',
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
    'is_inactive',
    'thread_not_found',
  ],
  channel: ['channel_not_found', 'not_in_channel', 'is_archived', 'ekm_access_denied', 'no_permission'],
  token: [
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'missing_scope',
    'not_allowed_token_type',
    'accesslimited',
    'access_denied',
  ],
};

const prefixes: ReadonlyArray<readonly [prefix: string, kind: Class]> = [
  ['invalid_metadata_', 'message'],
  ['invalid_arg', 'message'],
  ['restricted_action', 'channel'],
];

const classes = new Map(
  (Object.keys(codes) as Class[]).flatMap((kind) => codes[kind].map((code) => [code, kind] as const)),
);

/** What an answer of chat.postMessage or chat.update means: by its `ok` and `error`, and by its status where there is neither. */
export function webApiOutcome(answer: SlackAnswer): SendOutcome {
  const said = parse(answer.body);
  if (said === undefined) return outcomeByStatus(answer);
  if (said.ok) return answer.status === 200 ? accepted(said.ts) : outcomeByStatus(answer);
  const { error } = said;
  const kind = classes.get(error) ?? prefixes.find(([prefix]) => error.startsWith(prefix))?.[1];
  switch (kind) {
    case 'hold':
      return { kind: 'hold', error, ms: retryAfterMs(answer.retryAfter) };
    case 'retry':
      return { kind: 'retry', error, possiblyPosted: false };
    case 'maybe-posted':
      return { kind: 'retry', error, possiblyPosted: true };
    case 'slowly':
      return { kind: 'retry', error, possiblyPosted: false, slowly: true };
    case 'message':
      return { kind: 'message-refused', error };
    case 'thread':
      return { kind: 'thread-refused', error };
    case 'channel':
      return { kind: 'channel-refused', error };
    case 'token':
      return { kind: 'token-refused', error };
    case undefined:
      return outcomeByStatus(answer, error);
  }
}

/** The ID of the channel that an accepted message went to, which may have been posted to by its name. */
export function channelIdIn({ body }: SlackAnswer): string | undefined {
  const said = parse(body);
  const id = said?.ok === true ? said.channel : undefined;
  return typeof id === 'string' && isChannelId(id) ? id : undefined;
}

export function isChannelId(text: string): boolean {
  return /^[CDG][A-Z0-9]{1,30}$/.test(text);
}

function accepted(ts: unknown): SendOutcome {
  return { kind: 'accepted', ...(typeof ts === 'string' && /^\d{1,20}\.\d{1,20}$/.test(ts) && { ts }) };
}

/** Undefined when the body isn't what the Web API answers with. */
function parse(
  body: string,
): { ok: true; ts: unknown; channel: unknown } | { ok: false; error: string } | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || !('ok' in value)) return undefined;
  if (value.ok === true) {
    const [ts, channel] = ['ts' in value && value.ts, 'channel' in value && value.channel];
    return { ok: true, ts, channel };
  }
  const error = 'error' in value ? value.error : undefined;
  return typeof error === 'string' && /^[a-z][a-z0-9_]{0,79}$/.test(error) ? { ok: false, error } : undefined;
}
