import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  bot: { slack: C0123456789 }
  bot-two: { slack: C0000000002 }
  nowhere: { webhook: 'https://slack.invalid/services/x' }
  ops: { webhook: '\${SLACK_WEBHOOK_URL}-ops' }
ops: { channel: ops }
defaults: { channels: [hook] }
rules:
  - { id: failures, match: { types: [f] } }
  - { id: every-failure-again, name: Every failure again, severity: critical, match: { types: ['f*'], fields: { user_name: alice } } }
  - { id: bot-only, match: { types: [w] }, channels: [bot] }
  - { id: to-nowhere, match: { types: [fn] }, channels: [nowhere] }
  - { id: other-bot, match: { types: [wn] }, channels: [bot-two] }
`;

interface Deliveries {
  readonly items: readonly {
    readonly id: string;
    readonly channel: string;
    readonly lastError: string | null;
  }[];
}

describe('delivery to Slack', () => {
  const e2e = appWithSlack(rules, {
    SLACK_ALLOW_HOSTS: 'slack.invalid',
    SLACK_BOT_TOKEN: 'xoxb-token',
    SLACK_TIMEOUT: '1s',
  });

  const alertsShown = () => e2e.slack.messages.filter(({ channel }) => channel === '/services/hook');

  it('posts through an Incoming Webhook', async () => {
    await e2e.app.send([{ type: 'f', log_id: 'a', description: 'Failed login', user_name: 'bob' }]);
    const [message] = await e2e.slack.waitFor(1);
    expect(e2e.slack.textOf(message!)).toContain('Failed login [type: f]');
    expect(e2e.slack.textOf(message!)).toContain('bob');
  });

  it('posts with a bot token', async () => {
    await e2e.app.send([{ type: 'w', log_id: 'a', description: 'Warning' }]);
    const [message] = await e2e.slack.waitFor(1);
    expect(message).toMatchObject({ via: 'chat.postMessage', channel: 'C0123456789' });
    expect(e2e.slack.requests[0]?.headers['authorization']).toBe('Bearer xoxb-token');
  });

  it('makes one message of two rules that match one event, naming both', async () => {
    await e2e.app.send([
      { type: 'f', log_id: 'a', description: 'Failed login', user_name: 'alice' },
      { type: 'f', log_id: 'b', description: 'Another', user_name: 'bob' },
    ]);
    const messages = await e2e.slack.waitFor(2);
    const both = e2e.slack.textOf(messages[0]!);
    expect(both).toContain('failures');
    expect(both).toContain('Every failure again');
    expect(both).toContain('2 alerts');
  });

  it.each([
    ['a 500', { kind: 'status', status: 500 }],
    ['rollup_error', { kind: 'status', status: 500, body: 'rollup_error' }],
    ['an accept whose answer got lost', { kind: 'accept-then-drop' }],
    ['HTML on a 503', { kind: 'status', status: 503, body: '<html>sorry</html>' }],
    ['a connection that is dropped', { kind: 'drop' }],
    ['a connection that is reset', { kind: 'reset' }],
    ['HTML on a 200', { kind: 'status', status: 200, body: '<html>captive portal</html>' }],
    ['no answer in time', { kind: 'hang' }],
    ['an answer that drips in too slowly', { kind: 'drip', periodMs: 900 }],
  ] as const)('tries again after %s', async (_case, answer) => {
    e2e.slack.answerNext(answer);
    await e2e.app.send([{ type: 'f', log_id: 'a' }]);
    await e2e.slack.waitFor(() => e2e.slack.requests.length >= 2 && alertsShown().length >= 1);
  });

  it('keeps trying when the host has no address', async () => {
    await e2e.app.send([{ type: 'fn', log_id: 'a' }]);
    const deadline = Date.now() + 10_000;
    let listed: Deliveries = { items: [] };
    while (listed.items.length === 0 && Date.now() < deadline) {
      listed = (await (await e2e.app.admin('deliveries?status=retrying')).json()) as Deliveries;
    }
    expect(listed.items).toMatchObject([
      { channel: 'nowhere', lastError: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) as string },
    ]);
  });

  it('waits as long as a 429 says', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 429, headers: { 'retry-after': '1' } });
    await e2e.app.send([{ type: 'f', log_id: 'a' }]);
    await e2e.slack.waitFor(1);
    const [refused, accepted] = e2e.slack.requests;
    expect(accepted!.at - refused!.at).toBeGreaterThanOrEqual(1000);
  });

  it('sends a message that Slack refuses once more as plain text', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 400, body: 'invalid_blocks' });
    await e2e.app.send([{ type: 'f', log_id: 'a', description: 'Failed login' }]);
    const [message] = await e2e.slack.waitFor(1);
    expect(Object.keys(message!.body as object)).toEqual(['text']);
    expect(e2e.slack.textOf(message!)).toContain('Failed login');
  });

  it('notifies ops of a message that stays refused, and goes on with the next', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 400, body: 'invalid_blocks' }, 2, '/services/hook');
    await e2e.app.send([{ type: 'f', log_id: 'a', description: 'Refused' }]);
    // The next message would otherwise go before the plain form of this one, and be refused in its place.
    await e2e.slack.waitFor(() => e2e.slack.requests.length >= 2);
    await e2e.app.send([{ type: 'f', log_id: 'b', description: 'Accepted' }]);
    const messages = await e2e.slack.waitFor(2);
    const texts = Object.fromEntries(messages.map((message) => [message.channel, e2e.slack.textOf(message)]));
    expect(texts['/services/hook']).toContain('Accepted');
    expect(texts['/services/hook-ops']).toContain('invalid_blocks');
    expect(texts['/services/hook-ops']).toContain('Refused');
  });

  it('pauses a channel that refuses everything, notifies ops once, and goes on when the rules are reloaded', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 404, body: 'channel_not_found' }, 1, '/services/hook');
    await e2e.app.send([{ type: 'f', log_id: 'a' }]);
    const [notice] = await e2e.slack.waitFor(1);
    expect(notice).toMatchObject({ channel: '/services/hook-ops' });
    expect(e2e.slack.textOf(notice!)).toContain('channel_not_found');
    await e2e.app.send([{ type: 'f', log_id: 'b' }]);
    expect((await e2e.app.admin('rules/reload', { method: 'POST' })).status).toBe(200);
    await e2e.slack.waitFor(() => alertsShown().length === 2);
    expect(e2e.slack.messages).toHaveLength(3);
  });

  it.each([
    ['a redirect', { kind: 'status', status: 302, headers: { location: 'https://example.com/' } }],
    ['a refusal that Slack does not document', { kind: 'status', status: 418, body: 'teapot' }],
  ] as const)(
    'gives a message up after %s to it and to its plain form, and keeps it for a replay',
    async (_case, answer) => {
      e2e.slack.answerNext(answer, 2, '/services/hook');
      await e2e.app.send([{ type: 'f', log_id: 'a', description: 'Failed login' }]);
      await e2e.slack.waitFor(1);
      const dead = (await (await e2e.app.admin('deliveries?status=dead')).json()) as Deliveries;
      expect(dead.items).toMatchObject([{ channel: 'hook', status: 'dead', alerts: 1, attempts: 2 }]);
      expect(dead.items[0]?.lastError).not.toBeNull();

      const id = dead.items[0]?.id ?? '';
      expect((await e2e.app.admin(`deliveries/${id}/replay`, { method: 'POST' })).status).toBe(200);
      await e2e.slack.waitFor(() => alertsShown().length === 1);
      expect((await e2e.app.admin(`deliveries/${id}/replay`, { method: 'POST' })).status).toBe(409);
      expect((await e2e.app.admin('deliveries/none/replay', { method: 'POST' })).status).toBe(404);
    },
  );

  it('replays all dead messages at once', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 400, body: 'invalid_blocks' }, 4, '/services/hook');
    await e2e.app.send([{ type: 'f', log_id: 'a' }]);
    await e2e.slack.waitFor(1);
    await e2e.app.send([{ type: 'f', log_id: 'b' }]);
    await e2e.slack.waitFor(2);
    expect(await (await e2e.app.admin('deliveries/replay', { method: 'POST' })).json()).toEqual({
      replayed: 2,
    });
    await e2e.slack.waitFor(() => alertsShown().length === 2);
  });

  it('pauses every channel of a token that is refused, and resumes one when asked', async () => {
    e2e.slack.answerNext(
      { kind: 'status', status: 200, body: { ok: false, error: 'token_revoked' } },
      1,
      '/api/chat.postMessage',
    );
    await e2e.app.send([{ type: 'w', log_id: 'a' }]);
    await e2e.slack.waitFor(1);
    const states = async () =>
      (
        (await (await e2e.app.admin('channels')).json()) as {
          items: { name: string; state: string; why: string | null }[];
        }
      ).items;
    expect(await states()).toMatchObject([
      { name: 'bot', state: 'paused', why: 'token_revoked' },
      { name: 'bot-two', state: 'paused', why: 'token_revoked' },
      { name: 'hook', state: 'ok' },
      { name: 'nowhere', state: 'ok' },
      { name: 'ops', state: 'ok' },
    ]);
    await e2e.app.send([{ type: 'wn', log_id: 'b' }]);
    const held = (await (await e2e.app.admin('deliveries?status=held')).json()) as Deliveries;
    expect(held.items.map(({ channel }) => channel).toSorted()).toEqual(['bot', 'bot-two']);
    expect((await e2e.app.admin('channels/bot-two/resume', { method: 'POST' })).status).toBe(200);
    await e2e.slack.waitFor(() => e2e.slack.messages.some(({ channel }) => channel === 'C0000000002'));
  });

  it('posts a test message to a channel', async () => {
    expect((await e2e.app.admin('channels/bot/test', { method: 'POST' })).status).toBe(202);
    const [message] = await e2e.slack.waitFor(1);
    expect(message).toMatchObject({ channel: 'C0123456789' });
    expect((await e2e.app.admin('channels/nope/test', { method: 'POST' })).status).toBe(404);
  });
});
