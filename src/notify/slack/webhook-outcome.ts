import type { SendOutcome } from '../../domain/send-outcome.js';
import { outcomeByStatus, type SlackAnswer } from './slack-answer.js';

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

/**
 * What an Incoming Webhook's answer means: by its body, and by its status where the body is none that Slack
 * documents. A redirect is never followed and counts as unknown, so that a wrong URL pauses its channel soon.
 */
export function webhookOutcome(answer: SlackAnswer): SendOutcome {
  const body = answer.body.trim();
  if (body === 'ok' && answer.status === 200) return { kind: 'accepted' };
  if (messageErrors.has(body)) return { kind: 'message-refused', error: body };
  if (channelErrors.has(body)) return { kind: 'channel-refused', error: body };
  if (body === 'rollup_error') return { kind: 'retry', error: body, possiblyPosted: false };
  return outcomeByStatus(answer, /^[a-z][a-z_]{2,79}$/.test(body) ? body : undefined);
}
