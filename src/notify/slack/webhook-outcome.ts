import type { SendOutcome } from '../../domain/alerting/send-outcome.js';
import { outcomeByStatus, type SlackAnswer } from './slack-answer.js';
import { webApiOutcome } from './web-api-outcome.js';

/** Slack's Incoming Webhooks page and its error tables; each is the whole body. */
const messageErrors = new Set([
  'invalid_payload',
  'no_text',
  'too_many_attachments',
  'invalid_blocks',
  'invalid_attachments',
]);
const channelErrors = new Set([
  'channel_not_found',
  'user_not_found',
  'action_prohibited',
  'posting_to_general_channel_denied',
  'channel_is_archived',
  'invalid_token',
  'no_active_hooks',
  'no_service',
  'no_service_id',
  'no_team',
  'team_disabled',
]);

/** Each is of several words; a single one, such as `forbidden`, is a gateway's. */
const slackCode = /^(?=.{3,80}$)[a-z]+(_[a-z]+)+$/;

/**
 * What an Incoming Webhook's answer means: by its body, and by its status where the body is none that Slack
 * documents. A redirect is never followed and counts as unknown, so that a wrong URL pauses its channel soon.
 */
export function webhookOutcome(answer: SlackAnswer): SendOutcome {
  const body = answer.body.trim();
  if (body === 'ok' && answer.status === 200) return { kind: 'accepted' };
  if (body.startsWith('{')) return triggerOutcome(answer);
  if (messageErrors.has(body)) return { kind: 'message-refused', error: body };
  if (channelErrors.has(body)) return { kind: 'channel-refused', error: body };
  if (body === 'rollup_error') return { kind: 'retry', error: body, possiblyPosted: false };
  return outcomeByStatus(answer, slackCode.test(body) ? body : undefined);
}

/** The webhook of a workflow answers as the Web API does. It has no token that other channels share. */
function triggerOutcome(answer: SlackAnswer): SendOutcome {
  const outcome = webApiOutcome(answer);
  switch (outcome.kind) {
    case 'accepted':
      return { kind: 'accepted' };
    case 'token-refused':
      return { kind: 'channel-refused', error: outcome.error };
    case 'retry':
    case 'hold':
    case 'channel-refused':
    case 'message-refused':
    case 'thread-refused':
      return outcome;
  }
}
