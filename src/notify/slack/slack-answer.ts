import type { SendOutcome } from '../../domain/alerting/send-outcome.js';
import { longestHoldMs } from '../../domain/alerting/retry-policy.js';

/** What came back over HTTP, whatever its status. */
export interface SlackAnswer {
  readonly status: number;
  readonly retryAfter?: string;
  readonly body: string;
}

/**
 * The outcome of an answer whose body says nothing known: by the status alone, shared by both ways to post. What a proxy, a
 * gateway or a sign-in page in between answers (a page, or 403 or 408 with no code of Slack's) says nothing of the message
 * or the channel, and ends when somebody fixes it.
 *
 * @param code what Slack said, where that has the form of its codes
 */
export function outcomeByStatus(answer: SlackAnswer, code?: string): SendOutcome {
  const { status } = answer;
  const error = code ?? `http_${status}`;
  if (status === 429) return { kind: 'hold', error, ms: retryAfterMs(answer.retryAfter) };
  // A gateway may have passed the request on before it gave up.
  const possiblyPosted = status === 502 || status === 504;
  if (status >= 500) return { kind: 'retry', error, possiblyPosted };
  if (status >= 300 && status < 400) {
    const why = `${error}: the URL redirects elsewhere, which is not followed`;
    return { kind: 'message-refused', error: why, unknown: true };
  }
  if (isPage(answer.body)) {
    const why = `${error}: a page in HTML, which does not come from Slack but from something in between`;
    return { kind: 'retry', error: why, possiblyPosted };
  }
  if (code === undefined && (status === 403 || status === 408)) {
    const why = `${error}: no answer of Slack's, but of something in between`;
    return { kind: 'retry', error: why, possiblyPosted };
  }
  return { kind: 'message-refused', error, unknown: true };
}

function isPage(body: string): boolean {
  return /^\s*<(!doctype|html|head|body|\?xml|!--)/i.test(body);
}

const fallback = 30_000;
const shortest = 1_000;

/**
 * How long Slack asks not to be sent anything for a channel, in ms, from a `Retry-After` header in seconds. 30 s when there is none
 * or none that makes sense, between 1 s and 15 min otherwise.
 */
export function retryAfterMs(header: string | undefined): number {
  const seconds = /^\s*\d{1,9}(?:\.\d+)?\s*$/.test(header ?? '') ? Number(header) : Number.NaN;
  if (Number.isNaN(seconds)) return fallback;
  return Math.min(longestHoldMs, Math.max(shortest, Math.ceil(seconds * 1_000)));
}
