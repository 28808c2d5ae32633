import { webhookOutcome } from './webhook-outcome.js';

describe('webhookOutcome', () => {
  it('accepts ok, and only with 200', () => {
    expect(webhookOutcome({ status: 200, body: 'ok' })).toEqual({ kind: 'accepted' });
    expect(webhookOutcome({ status: 200, body: 'ok\n' })).toEqual({ kind: 'accepted' });
    expect(webhookOutcome({ status: 302, body: 'ok' })).toMatchObject({
      kind: 'message-refused',
      unknown: true,
    });
  });

  it.each([
    ['invalid_payload', 400],
    ['no_text', 400],
    ['too_many_attachments', 400],
    ['invalid_blocks', 400],
    ['invalid_attachments', 400],
    ['no_text', 500],
  ])('%s with %i refuses the message', (body, status) => {
    expect(webhookOutcome({ status, body })).toEqual({ kind: 'message-refused', error: body });
  });

  it.each([
    ['channel_not_found', 404],
    ['user_not_found', 400],
    ['action_prohibited', 403],
    ['posting_to_general_channel_denied', 403],
    ['channel_is_archived', 410],
    ['invalid_token', 403],
    ['no_active_hooks', 404],
    ['no_service', 404],
    ['no_service_id', 410],
    ['no_team', 404],
    ['team_disabled', 403],
    ['no_service', 200],
    ['no_service', 503],
  ])('%s with %i refuses the channel', (body, status) => {
    expect(webhookOutcome({ status, body })).toEqual({ kind: 'channel-refused', error: body });
  });

  it.each([
    ['rollup_error', 500, 'rollup_error', false],
    ['', 500, 'http_500', false],
    ['<html>bad gateway</html>', 502, 'http_502', true],
    ['ok', 503, 'http_503', false],
    ['', 504, 'http_504', true],
    ['service_down', 599, 'service_down', false],
  ])('%j with %i is tried again', (body, status, error, possiblyPosted) => {
    expect(webhookOutcome({ status, body })).toEqual({ kind: 'retry', error, possiblyPosted });
  });

  it.each([
    ['<!doctype html><p>Sign in', 200, /^http_200: a page in HTML/],
    ['\n<html><h1>Blocked by policy</h1>', 403, /^http_403: a page in HTML/],
    ['<HTML>not found', 404, /^http_404: a page in HTML/],
    ['', 403, /^http_403: no answer of Slack's/],
    ['forbidden', 403, /^http_403: no answer of Slack's/],
    ['Request Timeout', 408, /^http_408: no answer of Slack's/],
    ['{"message":"Forbidden"}', 403, /^http_403: no answer of Slack's/],
  ])('%j with %i comes from something in between and is tried again', (body, status, error) => {
    expect(webhookOutcome({ status, body })).toEqual({
      kind: 'retry',
      error: expect.stringMatching(error),
      possiblyPosted: false,
    });
  });

  it("takes a workflow's answers", () => {
    const said = (answer: object): unknown => webhookOutcome({ status: 200, body: JSON.stringify(answer) });
    expect(said({ ok: true })).toEqual({ kind: 'accepted' });
    expect(said({ ok: false, error: 'invalid_auth' })).toEqual({
      kind: 'channel-refused',
      error: 'invalid_auth',
    });
    expect(said({ ok: false, error: 'invalid_blocks' })).toEqual({
      kind: 'message-refused',
      error: 'invalid_blocks',
    });
    expect(webhookOutcome({ status: 503, body: '{"ok":true}' })).toMatchObject({ kind: 'retry' });
  });

  it.each([
    ['7', 7_000],
    ['1.5', 1_500],
    ['0', 1_000],
    [undefined, 30_000],
    ['soon', 30_000],
    ['-3', 30_000],
    ['', 30_000],
    ['901', 900_000],
    ['999999999', 900_000],
    ['99999999999999999999', 30_000],
  ])('429 with Retry-After %s holds the channel for %i ms', (retryAfter, ms) => {
    const answer = { status: 429, body: '', ...(retryAfter !== undefined && { retryAfter }) };
    expect(webhookOutcome(answer)).toEqual({ kind: 'hold', error: 'http_429', ms });
  });

  it.each([
    ['', 301, 'http_301: the URL redirects elsewhere, which is not followed'],
    ['<html>moved</html>', 302, 'http_302: the URL redirects elsewhere, which is not followed'],
    ['', 308, 'http_308: the URL redirects elsewhere, which is not followed'],
    ['', 200, 'http_200'],
    ['{"ok":"yes"}', 200, 'http_200'],
    ['{"ok":false,"error":"brand_new_error"}', 200, 'brand_new_error'],
    ['brand_new_error', 403, 'brand_new_error'],
    ['something_new', 400, 'something_new'],
    ['https://hooks.slack.com/services/T/B/secret', 404, 'http_404'],
    ['', 418, 'http_418'],
  ])('%j with %i is unknown', (body, status, error) => {
    expect(webhookOutcome({ status, body })).toEqual({ kind: 'message-refused', error, unknown: true });
  });
});
