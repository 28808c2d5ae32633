import { once } from 'node:events';
import { WebSocket } from 'ws';
import { FakeSlack } from './fake-slack.js';
import type { ScriptedAnswer } from './fake-slack/scripted-answers.js';

let now = 1_700_000_000_000;
let slack: FakeSlack;
beforeEach(async () => {
  now = 1_700_000_000_000;
  slack = await FakeSlack.start({ now: () => now });
});
afterEach(() => slack.close());

const toWebhook = (body: unknown, name?: string): Promise<Response> =>
  fetch(slack.webhookUrl(name), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body),
    redirect: 'manual',
  });
const toApi = (method: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${slack.apiUrl()}/${method}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      authorization: 'Bearer xoxb-1',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const post = async (body: unknown, headers?: Record<string, string>): Promise<Record<string, unknown>> => {
  const response = await toApi('chat.postMessage', body, headers);
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
};
const statuses = async (count: number): Promise<number[]> => {
  const seen: number[] = [];
  while (seen.length < count) seen.push((await toWebhook({ text: 't' })).status);
  return seen;
};
/** The status of one message to that webhook, and its `Retry-After` where there is one. */
const pace = async (name: string): Promise<string> => {
  const response = await toWebhook({ text: 't' }, name);
  return `${response.status} ${response.headers.get('retry-after') ?? ''}`.trim();
};
type ScriptedStatus = Omit<ScriptedAnswer & { kind: 'status' }, 'kind'>;
const hello = { channel: 'C1', text: 'Hello' };

describe('an Incoming Webhook', () => {
  it('answers ok, and records the message and the request', async () => {
    const response = await toWebhook({ text: 'a &amp; b', thread_ts: '1.000001' }, 'iam');
    expect([response.status, await response.text()]).toEqual([200, 'ok']);
    expect(slack.messages).toEqual([
      {
        via: 'webhook',
        channel: '/services/iam',
        body: { text: 'a &amp; b', thread_ts: '1.000001' },
        at: now,
      },
    ]);
    expect(slack.messages.map((message) => slack.textOf(message))).toEqual(['a & b']);
    expect(slack.requests).toEqual([
      {
        at: now,
        method: 'POST',
        path: '/services/iam',
        headers: expect.objectContaining({ 'content-type': 'application/json' }),
        body: { text: 'a &amp; b', thread_ts: '1.000001' },
        outcome: { kind: 'accepted' },
      },
    ]);
  });

  it.each<[string, string, unknown]>([
    ['bad JSON', 'invalid_payload', '{'],
    ['JSON that is no object', 'invalid_payload', '[]'],
    ['bytes that are no UTF-8', 'invalid_payload', new Uint8Array([0x22, 0xff, 0x22])],
    ['a lone surrogate', 'invalid_payload', '{"text":"\\ud800"}'],
    ['nothing to show', 'no_text', {}],
    ['bad blocks', 'invalid_blocks', { blocks: [{ type: 'alert' }] }],
    [
      'bad attachments',
      'invalid_attachments',
      { attachments: [{ text: 't', blocks: [{ type: 'divider' }] }] },
    ],
    [
      'too many attachments',
      'too_many_attachments',
      { attachments: Array.from({ length: 101 }, () => ({ text: 't' })) },
    ],
  ])('refuses %s: %s', async (_, error, body) => {
    const response = await toWebhook(body);
    expect([response.status, await response.text()]).toEqual([400, error]);
    expect(slack.messages).toEqual([]);
    expect(slack.requests[0]?.outcome).toMatchObject({ kind: 'refused', error });
  });

  it('takes POST only', async () => {
    expect((await fetch(slack.webhookUrl())).status).toBe(404);
  });
});

describe('the Web API', () => {
  it('posts, each message with a ts of its own, and updates what it posted', async () => {
    const first = await post(hello);
    const second = await post({ ...hello, thread_ts: first['ts'] });
    expect(first).toEqual({ ok: true, channel: 'C1', ts: expect.stringMatching(/^1700000000\.\d{6}$/) });
    expect(second['ts']).not.toBe(first['ts']);
    const update = await toApi('chat.update', { ...hello, ts: first['ts'], text: 'Changed' });
    expect(await update.json()).toEqual(first);
    expect(slack.messages.map(({ via, channel, ts }) => [via, channel, ts])).toEqual([
      ['chat.postMessage', 'C1', first['ts']],
      ['chat.postMessage', 'C1', second['ts']],
      ['chat.update', 'C1', first['ts']],
    ]);
  });

  it.each<[string, string, unknown, Record<string, string>]>([
    ['no token', 'not_authed', hello, { authorization: '' }],
    ['a token without Bearer', 'not_authed', hello, { authorization: 'xoxb-1' }],
    ['a token of another kind', 'invalid_auth', hello, { authorization: 'Bearer xoxp-1' }],
    ['a form', 'invalid_post_type', 'channel=C1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['bad JSON', 'invalid_json', '{', {}],
    ['JSON that is no object', 'json_not_object', '[]', {}],
    ['no channel', 'invalid_arguments', { text: 'Hello' }, {}],
    ['nothing to show', 'no_text', { channel: 'C1' }, {}],
    ['text too long', 'msg_too_long', { channel: 'C1', text: 'x'.repeat(40_001) }, {}],
    ['bad blocks', 'invalid_blocks', { channel: 'C1', blocks: [{ type: 'alert' }] }, {}],
  ])('refuses %s: %s', async (_, error, body, headers) => {
    expect(await post(body, headers)).toMatchObject({ ok: false, error });
    expect(slack.messages).toEqual([]);
  });

  it.each([
    ['no ts', 'invalid_arguments', {}],
    ['an unknown ts', 'message_not_found', { ts: '1.000001' }],
    ['a ts of another channel', 'message_not_found', { ts: '1700000000.000001', channel: 'C2' }],
    ['more than 4,000 characters', 'msg_too_long', { ts: '1700000000.000001', text: 'x'.repeat(4_001) }],
  ])('refuses an update with %s: %s', async (_, error, more) => {
    expect(await post(hello)).toMatchObject({ ok: true, ts: '1700000000.000001' });
    const response = await toApi('chat.update', { ...hello, ...more });
    expect(await response.json()).toMatchObject({ ok: false, error });
  });

  it('says in auth.test whether a token is valid, and knows no other method', async () => {
    expect(await (await toApi('auth.test', '')).json()).toMatchObject({ ok: true });
    slack.acceptTokens('xoxb-2');
    expect(await (await toApi('auth.test', '')).json()).toMatchObject({ error: 'invalid_auth' });
    expect(await post(hello, { authorization: 'Bearer xoxb-2' })).toMatchObject({ ok: true });
    slack.reset();
    expect(await (await toApi('auth.test', '')).json()).toMatchObject({ ok: true });
    expect(await (await toApi('chat.delete', {})).json()).toMatchObject({
      ok: false,
      error: 'unknown_method',
    });
  });

  it('opens a socket for an app-level token only, by an address that works once', async () => {
    const open = async (token: string): Promise<{ url?: string; error?: string }> => {
      const init = { method: 'POST', headers: { authorization: `Bearer ${token}` } };
      return (await fetch(`${slack.apiUrl()}/apps.connections.open`, init)).json() as Promise<object>;
    };
    expect(await open('xoxb-1')).toMatchObject({ ok: false, error: 'not_allowed_token_type' });
    expect(await open('token')).toMatchObject({ ok: false, error: 'invalid_auth' });
    slack.acceptAppTokens('xapp-2');
    expect(await open('xapp-1')).toMatchObject({ ok: false, error: 'invalid_auth' });
    const { url } = await open('xapp-2');
    const messages: string[] = [];
    const first = new WebSocket(String(url)).on('message', (data) => messages.push(String(data)));
    await once(first, 'message');
    expect(JSON.parse(messages[0] ?? '')).toMatchObject({ type: 'hello' });
    const [problem] = (await once(new WebSocket(String(url)), 'error')) as [Error];
    expect(problem.message).toContain('404');
    first.terminate();
  });
});

describe('answerNext', () => {
  it.each<[string, ScriptedStatus, string]>([
    ['429', { status: 429, headers: { 'retry-after': '30' } }, ''],
    ['a 5xx', { status: 500, body: 'rollup_error' }, 'rollup_error'],
    ['HTML on 200', { status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }, '<html>'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, ''],
    [
      'a JSON body',
      { status: 200, body: { ok: false, error: 'is_archived' } },
      '{"ok":false,"error":"is_archived"}',
    ],
  ])('status: %s, once, and nothing is posted', async (_, reported, body) => {
    slack.answerNext({ kind: 'status', ...reported });
    const response = await toWebhook({ text: 't' });
    expect(response.status).toBe(reported.status);
    expect(Object.fromEntries(response.headers)).toMatchObject(reported.headers ?? {});
    expect(await response.text()).toBe(body);
    expect(slack.messages).toEqual([]);
    expect(slack.requests[0]?.outcome).toEqual({ kind: 'scripted', answer: 'status' });
    expect((await toWebhook({ text: 't' })).status).toBe(200);
  });

  it('goes in the order given, for as many requests as given', async () => {
    slack.answerNext({ kind: 'status', status: 500 }, 2);
    slack.answerNext({ kind: 'status', status: 503 }, Infinity);
    expect(await statuses(5)).toEqual([500, 500, 503, 503, 503]);
    slack.reset();
    expect(await statuses(1)).toEqual([200]);
  });

  it.each(['/api/chat.postMessage', 'C1'])('goes to %s alone where asked to', async (target) => {
    slack.answerNext({ kind: 'status', status: 503 }, 1, target);
    expect((await toWebhook({ text: 't' })).status).toBe(200);
    expect((await toApi('chat.postMessage', hello)).status).toBe(503);
    expect((await toApi('chat.postMessage', hello)).status).toBe(200);
  });

  it('hang: reads the request, and answers no more until closed', async () => {
    slack.answerNext({ kind: 'hang' });
    const answer = toWebhook({ text: 't' }).then(
      () => 'answered',
      () => 'failed',
    );
    await slack.waitFor(() => slack.requests.length === 1);
    expect(slack.requests[0]).toMatchObject({
      body: { text: 't' },
      outcome: { kind: 'scripted', answer: 'hang' },
    });
    expect(await Promise.race([answer, toWebhook({ text: 'u' }).then(() => 'hanging')])).toBe('hanging');
    await slack.close();
    expect(await answer).toBe('failed');
    slack = await FakeSlack.start();
  });

  it.each<['drop' | 'reset', unknown, string | undefined]>([
    ['drop', { text: 't' }, undefined],
    ['reset', undefined, undefined],
    ['drop', { ...hello }, 'C1'],
    ['reset', { ...hello }, 'C1'],
  ])('%s: records the body %j, posts nothing, and ends the connection', async (kind, body, target) => {
    slack.answerNext({ kind }, 1, target);
    await expect(target === undefined ? toWebhook({ text: 't' }) : post(hello)).rejects.toThrow(
      'fetch failed',
    );
    expect(slack.requests).toMatchObject([{ body, outcome: { kind: 'scripted', answer: kind } }]);
    expect(slack.messages).toEqual([]);
    expect((await toWebhook({ text: 't' })).status).toBe(200);
  });

  it('drip: posts the message, and answers byte by byte', async () => {
    slack.answerNext({ kind: 'drip', periodMs: 5 });
    const response = await toWebhook({ text: 't' });
    expect(response.status).toBe(200);
    const chunks: string[] = [];
    for await (const chunk of response.body ?? []) chunks.push(Buffer.from(chunk).toString());
    expect(chunks).toEqual(['o', 'k']);
    expect(slack.messages).toHaveLength(1);
  });

  it('accept-then-drop: posts the message, and ends the connection without an answer', async () => {
    slack.answerNext({ kind: 'accept-then-drop' });
    await expect(toWebhook({ text: 't' })).rejects.toThrow('fetch failed');
    expect(slack.messages).toHaveLength(1);
    expect(slack.requests[0]?.outcome).toEqual({ kind: 'accepted' });
  });
});

describe('limit', () => {
  it('holds for each channel, over its burst, and says how long to wait', async () => {
    slack.limit({ perSecond: 0.5, burst: 2 });
    expect([await pace('a'), await pace('a'), await pace('a'), await pace('b')]).toEqual([
      '200',
      '200',
      '429 2',
      '200',
    ]);
    now += 1_999;
    expect(await pace('a')).toBe('429 1');
    now += 1;
    expect([await pace('a'), await pace('a')]).toEqual(['200', '429 2']);
    now += 60_000;
    expect([await pace('a'), await pace('a'), await pace('a')]).toEqual(['200', '200', '429 2']);
    expect(slack.requests.at(-1)?.outcome).toEqual({ kind: 'rate-limited', retryAfterSeconds: 2 });
    slack.reset();
    expect(await pace('a')).toBe('200');
  });

  it('counts posts and updates of one channel together', async () => {
    slack.limit({ perSecond: 1, burst: 2 });
    const { ts } = await post(hello);
    expect((await toApi('chat.update', { ...hello, ts })).status).toBe(200);
    const response = await toApi('chat.postMessage', hello);
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '1']);
    expect(await response.json()).toEqual({ ok: false, error: 'ratelimited' });
    expect(await post({ ...hello, channel: 'C2' })).toMatchObject({ ok: true });
  });
});
