import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Message } from '../../domain/alerting/message.js';
import type { SendOutcome } from '../../domain/alerting/send-outcome.js';
import { BotNotifier } from './bot-notifier.js';
import { SlackClient } from './slack-client.js';
import { WebhookNotifier } from './webhook-notifier.js';

interface Seen {
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: Record<string, unknown>;
}

const message: Message = {
  kind: 'notice',
  notice: { severity: 'low', title: 'Title', detail: 'Detail', at: 0 },
};
const secret = 'T0/B0/secret';

const anyHost = { allowed: ['*'], loopback: true };

describe('the notifiers over HTTP', () => {
  let server: Server;
  let base: string;
  let seen: Seen[];
  let answers: Array<(response: ServerResponse) => void>;

  beforeEach(async () => {
    seen = [];
    answers = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
        seen.push({ path: request.url, headers: request.headers, body });
        answers.shift()?.(response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  });

  function answer(status: number, body: string, headers: Record<string, string> = {}): void {
    answers.push((response) => response.writeHead(status, headers).end(body));
  }

  async function viaWebhook(timeoutMs?: number): Promise<SendOutcome> {
    const notifier = new WebhookNotifier(new SlackClient(anyHost, timeoutMs));
    const outcome = await notifier.send(
      { kind: 'webhook', url: `${base}/services/${secret}` },
      message,
      'full',
    );
    expect(JSON.stringify(outcome)).not.toContain('secret');
    return outcome;
  }

  async function viaBot(
    token: string | undefined = 'xoxb-secret',
    apiUrl = `${base}/api/`,
  ): Promise<SendOutcome> {
    const notifier = new BotNotifier(new SlackClient(anyHost), apiUrl, token);
    const outcome = await notifier.send({ kind: 'bot', slackChannel: 'C1', thread: false }, message, 'full');
    expect(JSON.stringify(outcome)).not.toContain('secret');
    return outcome;
  }

  it('posts JSON to the webhook', async () => {
    answer(200, 'ok');
    expect(await viaWebhook()).toEqual({ kind: 'accepted' });
    expect(seen).toHaveLength(1);
    expect(seen[0]?.path).toBe(`/services/${secret}`);
    expect(seen[0]?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(Object.keys(seen[0]?.body ?? {})).toEqual(['text', 'blocks', 'attachments']);
  });

  it('posts with the token to the channel, without previews', async () => {
    answer(200, '{"ok":true}');
    expect(await viaBot()).toEqual({ kind: 'accepted' });
    expect(seen[0]?.path).toBe('/api/chat.postMessage');
    expect(seen[0]?.headers.authorization).toBe('Bearer xoxb-secret');
    expect(seen[0]?.body).toMatchObject({
      channel: 'C1',
      text: 'Title',
      unfurl_links: false,
      unfurl_media: false,
    });
    expect(seen[0]?.body['attachments']).toHaveLength(1);
  });

  it.each([[undefined], ['']])('posts nothing with the token %j', async (token) => {
    const notifier = new BotNotifier(new SlackClient(anyHost), base, token);
    const outcome = await notifier.send({ kind: 'bot', slackChannel: 'C1', thread: false }, message, 'full');
    expect(outcome).toEqual({ kind: 'token-refused', error: 'not_authed: SLACK_BOT_TOKEN is not set' });
    expect(seen).toEqual([]);
  });

  it('posts plain text when asked to', async () => {
    const client = new SlackClient(anyHost);
    answer(200, 'ok');
    await new WebhookNotifier(client).send({ kind: 'webhook', url: base }, message, 'plain');
    answer(200, '{"ok":true}');
    await new BotNotifier(client, base, 'x').send(
      { kind: 'bot', slackChannel: 'C1', thread: false },
      message,
      'plain',
    );
    expect(seen.map(({ body }) => body)).toEqual([
      { text: 'Title\nDetail' },
      { channel: 'C1', text: 'Title\nDetail', unfurl_links: false, unfurl_media: false },
    ]);
  });

  it.each<[number, string, SendOutcome]>([
    [400, 'invalid_blocks', { kind: 'message-refused', error: 'invalid_blocks' }],
    [404, 'no_service', { kind: 'channel-refused', error: 'no_service' }],
    [500, 'rollup_error', { kind: 'retry', error: 'rollup_error', possiblyPosted: false }],
  ])('makes one attempt when the answer is %i %s', async (status, body, outcome) => {
    answer(status, body);
    expect(await viaWebhook()).toEqual(outcome);
    expect(seen).toHaveLength(1);
  });

  it('obeys Retry-After', async () => {
    answer(429, '{"ok":false,"error":"ratelimited"}', { 'Retry-After': '17' });
    expect(await viaBot()).toEqual({ kind: 'hold', error: 'ratelimited', ms: 17_000 });
  });

  it('follows no redirect', async () => {
    answer(302, '', { location: `${base}/elsewhere` });
    expect(await viaWebhook()).toEqual({
      kind: 'message-refused',
      error: expect.stringMatching(/^http_302: the URL redirects elsewhere/) as string,
      unknown: true,
    });
    expect(seen.map(({ path }) => path)).toEqual([`/services/${secret}`]);
  });

  it('times out when there is no answer', async () => {
    expect(await viaWebhook(80)).toEqual({ kind: 'retry', error: 'timeout', possiblyPosted: true });
  });

  it('times out when the answer never ends', async () => {
    const drips: NodeJS.Timeout[] = [];
    answers.push((response) => {
      response.writeHead(200);
      drips.push(setInterval(() => response.write('o'), 20));
    });
    expect(await viaWebhook(150)).toEqual({ kind: 'retry', error: 'timeout', possiblyPosted: true });
    for (const drip of drips) clearInterval(drip);
  });

  it('takes no endless answer', async () => {
    answer(200, 'x'.repeat(1_000_000));
    expect(await viaWebhook()).toMatchObject({ kind: 'retry', possiblyPosted: true });
  });

  it('may have posted when the connection is cut', async () => {
    answers.push((response) => void response.socket?.destroy());
    expect(await viaWebhook()).toEqual({ kind: 'retry', error: 'ECONNRESET', possiblyPosted: true });
    answers.push((response) => {
      response.writeHead(200, { 'content-length': '2' });
      response.write('o', () => response.socket?.destroy());
    });
    expect(await viaWebhook()).toMatchObject({ kind: 'retry', possiblyPosted: true });
  });

  it('has not posted when nothing listens, or the name is unknown', async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    expect(await viaWebhook()).toEqual({ kind: 'retry', error: 'ECONNREFUSED', possiblyPosted: false });
    expect(await viaBot('xoxb-secret', 'https://slack.invalid')).toMatchObject({
      kind: 'retry',
      error: expect.stringMatching(/^(?:ENOTFOUND|EAI_AGAIN)$/),
      possiblyPosted: false,
    });
  });

  it.each(['no url', 'ftp://example.com/secret', 'http://'])(
    'refuses the channel whose URL is %s',
    async (url) => {
      const outcome = await new WebhookNotifier(new SlackClient(anyHost)).send(
        { kind: 'webhook', url },
        message,
        'full',
      );
      expect(outcome).toMatchObject({ kind: 'channel-refused' });
      expect(JSON.stringify(outcome)).not.toContain('secret');
    },
  );

  it('keeps the connection for the next message', async () => {
    answer(200, 'ok');
    answer(200, 'ok');
    let connections = 0;
    server.on('connection', () => connections++);
    const notifier = new WebhookNotifier(new SlackClient(anyHost));
    for (let run = 0; run < 2; run++) {
      await notifier.send({ kind: 'webhook', url: `${base}/x` }, message, 'full');
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(connections).toBe(1);
  });

  it.each([
    ['production', { allowed: ['hooks.slack.com'], loopback: false }, 'https URL'],
    ['another host', { allowed: ['hooks.slack.com'], loopback: false }, 'not in SLACK_ALLOW_HOSTS'],
  ])('asks nothing of a host that is not allowed: %s', async (what, hosts, error) => {
    const url = what === 'production' ? `${base}/secret` : 'https://example.com/secret';
    const notifier = new WebhookNotifier(new SlackClient(hosts));
    const outcome = await notifier.send({ kind: 'webhook', url }, message, 'full');
    expect(outcome).toEqual({
      kind: 'channel-refused',
      error: expect.stringContaining(error) as string,
    });
    expect(JSON.stringify(outcome)).not.toContain('secret');
  });
});
