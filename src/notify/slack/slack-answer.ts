import type { SendOutcome } from '../../domain/send-outcome.js';
import { retryAfterMs } from './retry-after.js';

/** What came back over HTTP, whatever its status. */
export interface SlackAnswer {
  readonly status: number;
  readonly retryAfter?: string;
  readonly body: string;
}

/** The outcome of an answer whose body says nothing known: by the status alone, shared by both ways to post. */
export function outcomeByStatus(answer: SlackAnswer, error = `http_${answer.status}`): SendOutcome {
  if (answer.status === 429) return { kind: 'hold', error, ms: retryAfterMs(answer.retryAfter) };
  if (answer.status >= 500) {
    // A gateway may have passed the request on before it gave up.
    return { kind: 'retry', error, possiblyPosted: answer.status === 502 || answer.status === 504 };
  }
  if (answer.status >= 300 && answer.status < 400) {
    const why = `${error}: the URL redirects elsewhere, which is not followed`;
    return { kind: 'message-refused', error: why, unknown: true };
  }
  return { kind: 'message-refused', error, unknown: true };
}
