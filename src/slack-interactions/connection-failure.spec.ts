import { createRequire } from 'node:module';
import { connectionFailure } from './connection-failure.js';

// A dependency of the library's, whose errors it passes on.
const library = createRequire(createRequire(import.meta.url).resolve('@slack/socket-mode'));
const { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } = library(
  '@slack/web-api',
) as typeof import('@slack/web-api');

const platform = (error: string): Error => new WebAPIPlatformError({ ok: false, error });

describe('why there is no connection to Socket Mode', () => {
  it.each(['invalid_auth', 'not_authed', 'not_allowed_token_type', 'token_revoked', 'missing_scope'])(
    'is a refusal for %s',
    (error) => {
      expect(connectionFailure(platform(error))).toEqual({ kind: 'refused', error });
    },
  );

  it.each(['internal_error', 'service_unavailable', 'fatal_error'])('is temporary for %s', (error) => {
    expect(connectionFailure(platform(error))).toEqual({ kind: 'failed', error });
  });

  it('is told without the text of an answer that is no code', () => {
    expect(connectionFailure(platform('xapp-1-secret'))).toEqual({ kind: 'refused', error: 'unknown_error' });
  });

  it('holds how long Slack asks to be left alone', () => {
    expect(connectionFailure(new WebAPIRateLimitedError(7))).toEqual({
      kind: 'failed',
      error: 'ratelimited',
      waitMs: 7_000,
    });
  });

  it('is a code alone where Slack was not reached', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:443'), { code: 'ECONNREFUSED' });
    const fetched = new TypeError('fetch failed', { cause: refused });
    expect(connectionFailure(new WebAPIRequestError(fetched))).toEqual({
      kind: 'failed',
      error: 'ECONNREFUSED',
    });
    const late = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
    expect(connectionFailure(new WebAPIRequestError(late))).toEqual({ kind: 'failed', error: 'timeout' });
    expect(connectionFailure(new WebAPIHTTPError(502, 'Bad Gateway', {}))).toEqual({
      kind: 'failed',
      error: 'http_502',
    });
    expect(connectionFailure(new Error('wss://host/link/?ticket=secret'))).toEqual({
      kind: 'failed',
      error: 'network_error',
    });
    expect(connectionFailure(undefined)).toEqual({ kind: 'failed', error: 'no_hello' });
  });
});
