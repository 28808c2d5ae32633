import { longestHoldMs } from '../../domain/alerting/retry-policy.js';

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
