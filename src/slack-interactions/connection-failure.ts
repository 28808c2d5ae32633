import { isObject } from '../domain/json-value.js';
import { networkErrorCode } from '../notify/slack/network-outcome.js';
import type { ConnectionEnd } from './socket-connector.js';

/** Slack's codes that say nothing about the token; every other is a refusal. */
const temporary = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'ratelimited',
  'rate_limited',
  'team_added_to_org',
]);

/** What an error of Slack's library means. Texts, addresses and headers of errors never leave this function. */
export function connectionFailure(thrown: unknown): Exclude<ConnectionEnd, { kind: 'closed' }> {
  // The library rejects with nothing where a socket ended before Slack said hello.
  if (!isObject(thrown)) return { kind: 'failed', error: 'no_hello' };
  switch (thrown['code']) {
    case 'slack_webapi_platform_error': {
      const { data } = thrown;
      const code = isObject(data) && typeof data['error'] === 'string' ? data['error'] : '';
      const error = /^[a-z_]{1,80}$/.test(code) ? code : 'unknown_error';
      return { kind: temporary.has(error) ? 'failed' : 'refused', error };
    }
    case 'slack_webapi_rate_limited_error': {
      const seconds = Number(thrown['retryAfter']);
      return { kind: 'failed', error: 'ratelimited', waitMs: (seconds > 0 ? seconds : 30) * 1_000 };
    }
    case 'slack_webapi_http_error':
      return { kind: 'failed', error: `http_${Number(thrown['statusCode'])}` };
    case 'slack_webapi_request_error':
      return { kind: 'failed', error: networkErrorCode(innermost(thrown['original'])) };
    default:
      return { kind: 'failed', error: networkErrorCode(innermost(thrown)) };
  }
}

/** `fetch` wraps what went wrong. */
function innermost(thrown: unknown): unknown {
  if (!isObject(thrown)) return thrown;
  if (/^(Abort|Timeout)Error$/.test(String(thrown['name']))) return { code: 'ETIMEDOUT' };
  return isObject(thrown['cause']) ? innermost(thrown['cause']) : thrown;
}
