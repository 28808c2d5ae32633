import { webApiOutcome } from './web-api-outcome.js';

function refused(error: unknown, status = 200): ReturnType<typeof webApiOutcome> {
  return webApiOutcome({ status, body: JSON.stringify({ ok: false, error }) });
}

describe('webApiOutcome', () => {
  it('accepts ok:true', () => {
    const outcome = webApiOutcome({ status: 200, body: '{"ok":true,"ts":"1700000000.000001"}' });
    expect(outcome).toEqual({ kind: 'accepted', ts: '1700000000.000001' });
  });

  it.each(['{"ok":true}', '{"ok":true,"ts":1.5}', '{"ok":true,"ts":""}', '{"ok":true,"ts":"1.2<!here>"}'])(
    'accepts %s, without a ts',
    (body) => expect(webApiOutcome({ status: 200, body })).toEqual({ kind: 'accepted' }),
  );

  it.each(['service_unavailable', 'internal_error', 'request_timeout', 'team_added_to_org'])(
    '%s is tried again',
    (error) => expect(refused(error)).toEqual({ kind: 'retry', error, possiblyPosted: false }),
  );

  it('knows that fatal_error may have been posted', () => {
    expect(refused('fatal_error')).toEqual({ kind: 'retry', error: 'fatal_error', possiblyPosted: true });
  });

  it('tries message_limit_exceeded again slowly', () => {
    const error = 'message_limit_exceeded';
    expect(refused(error)).toEqual({ kind: 'retry', error, possiblyPosted: false, slowly: true });
  });

  it.each(['ratelimited', 'rate_limited'])('%s holds the channel, whatever the status', (error) => {
    const body = JSON.stringify({ ok: false, error });
    expect(webApiOutcome({ status: 200, body })).toEqual({ kind: 'hold', error, ms: 30_000 });
    expect(webApiOutcome({ status: 429, body, retryAfter: '3' })).toEqual({ kind: 'hold', error, ms: 3_000 });
  });

  it.each([
    'invalid_blocks',
    'invalid_blocks_format',
    'msg_blocks_too_long',
    'msg_too_long',
    'no_text',
    'too_many_attachments',
    'attachment_payload_limit_exceeded',
    'invalid_metadata_format',
    'invalid_metadata_schema',
    'metadata_too_large',
    'invalid_arguments',
    'invalid_arg_name',
  ])('%s refuses the message', (error) => expect(refused(error)).toEqual({ kind: 'message-refused', error }));

  it.each([
    'cannot_reply_to_message',
    'restricted_action_thread_locked',
    'restricted_action_non_threadable_channel',
    'message_not_found',
    'cant_update_message',
    'edit_window_closed',
  ])('%s refuses the thread', (error) => expect(refused(error)).toEqual({ kind: 'thread-refused', error }));

  it.each([
    'channel_not_found',
    'not_in_channel',
    'is_archived',
    'restricted_action',
    'restricted_action_read_only_channel',
    'ekm_access_denied',
    'no_permission',
  ])('%s refuses the channel', (error) => expect(refused(error)).toEqual({ kind: 'channel-refused', error }));

  it.each([
    'invalid_auth',
    'not_authed',
    'account_inactive',
    'token_revoked',
    'token_expired',
    'missing_scope',
    'not_allowed_token_type',
    'accesslimited',
    'access_denied',
  ])('%s refuses the token', (error) => {
    expect(refused(error)).toEqual({ kind: 'token-refused', error });
    expect(refused(error, 500)).toEqual({ kind: 'token-refused', error });
  });

  it.each([
    ['brand_new_error', 200, 'brand_new_error'],
    ['constructor', 200, 'constructor'],
    ['xoxb-1-secret', 200, 'http_200'],
    [42, 200, 'http_200'],
    ['brand_new_error', 403, 'brand_new_error'],
  ])('the error %j with %i is unknown', (said, status, error) => {
    expect(refused(said, status)).toEqual({ kind: 'message-refused', error, unknown: true });
  });

  it.each([
    ['ok', 200],
    ['null', 200],
    ['[]', 200],
    ['{}', 200],
    ['{"ok":"true"}', 200],
    ['', 302],
    ['Not Found', 404],
    ['{"ok":true}', 302],
  ])('%j with %i is unknown', (body, status) => {
    const why = status === 302 ? ': the URL redirects elsewhere, which is not followed' : '';
    const outcome = { kind: 'message-refused', error: `http_${status}${why}`, unknown: true };
    expect(webApiOutcome({ status, body })).toEqual(outcome);
  });

  it.each([
    ['<html>', 200],
    ['<!DOCTYPE html>', 403],
    ['', 403],
    ['', 408],
  ])('%j with %i comes from something in between and is tried again', (body, status) => {
    expect(webApiOutcome({ status, body })).toEqual({
      kind: 'retry',
      error: expect.stringMatching(`^http_${status}: .* something in between$`),
      possiblyPosted: false,
    });
  });

  it.each([
    ['<html>', 500, false],
    ['', 503, false],
    ['<html>', 502, true],
    ['', 504, true],
  ])('%j with %i is tried again', (body, status, possiblyPosted) => {
    const outcome = { kind: 'retry', error: `http_${status}`, possiblyPosted };
    expect(webApiOutcome({ status, body })).toEqual(outcome);
  });

  it('holds the channel on a 429 without JSON', () => {
    const outcome = { kind: 'hold', error: 'http_429', ms: 12_000 };
    expect(webApiOutcome({ status: 429, body: 'slow down', retryAfter: '12' })).toEqual(outcome);
  });
});
