import { appWithSlack } from '../support/app-with-slack.js';
import type { AcceptedMessage } from '../support/fake-slack/workspace.js';
import { actionsOf, clickOn, postClick, signingSecret } from '../support/slack-clicks.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  bot: { slack: C0123456789 }
  few: { webhook: '\${SLACK_WEBHOOK_URL}-few', actions: [silence] }
  none: { webhook: '\${SLACK_WEBHOOK_URL}-none', actions: [] }
rules:
  - { id: failures, match: { types: [f] }, channels: [hook] }
  - { id: warnings, match: { types: [w] }, channels: [bot] }
  - { id: both, match: { types: [b] }, channels: [few, none] }
`;
const bob = { id: 'U2', name: 'Bob' };

interface Item {
  readonly [name: string]: unknown;
}

describe('what people do below a message in Slack', () => {
  const e2e = appWithSlack(rules, {
    SLACK_BOT_TOKEN: 'xoxb-token',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_TIMEOUT: '1s',
    SLACK_RATE: '1000',
    SLACK_BURST: '1000',
  });

  const listed = async (path: string): Promise<Item[]> =>
    ((await (await e2e.app.admin(path)).json()) as { items: Item[] }).items;
  const raised = async (type: string, data: object = {}): Promise<AcceptedMessage> => {
    const before = e2e.slack.messages.length;
    await e2e.app.send([{ type, log_id: `${type}${before}`, description: 'Failed login', ...data }]);
    return (await e2e.slack.waitFor(before + 1))[before] as AcceptedMessage;
  };
  const click = (...parts: Parameters<typeof clickOn> extends [unknown, ...infer Rest] ? Rest : never) =>
    postClick(e2e.app.url, clickOn(e2e.slack, ...parts));
  const responses = (): AcceptedMessage[] =>
    e2e.slack.messages.filter(({ channel }) => channel === '/services/response');
  const idsIn = (message: AcceptedMessage): string[] => actionsOf(message).map(({ actionId }) => actionId);

  it('is offered as the channel says', async () => {
    expect(idsIn(await raised('f'))).toEqual(['acknowledge', 'resolve', 'silence']);
    await e2e.app.send([{ type: 'b', log_id: 'x', description: 'Failed login' }]);
    const messages = await e2e.slack.waitFor(3);
    const byChannel = Object.fromEntries(messages.map((message) => [message.channel, idsIn(message)]));
    expect(byChannel).toMatchObject({ '/services/hook-few': ['silence'], '/services/hook-none': [] });
  });

  it('is not offered as long as Slack has no way to report it', async () => {
    await e2e.restart({ SLACK_SIGNING_SECRET: '' });
    expect(idsIn(await raised('f'))).toEqual([]);
  });

  it("changes a webhook's message in its place, and is written down", async () => {
    const posted = await raised('f');
    expect(await click(posted, 'acknowledge')).toBe(200);
    await e2e.slack.waitFor(2);
    const [edited] = responses();
    expect(edited?.body).toMatchObject({ replace_original: true });
    const text = e2e.slack.textOf(edited!);
    expect(text).toContain('Acknowledged by Ann (U1)');
    expect(text).toMatch(/<!date\^\d+\^/);
    expect(text).toContain('Failed login');
    expect(idsIn(edited!)).toEqual(['resolve', 'silence']);
    const [delivery] = await listed('deliveries');
    expect(delivery).toMatchObject({ state: 'acknowledged', stateBy: 'Ann (U1)' });
    expect(await listed('audit')).toMatchObject([
      { by: 'Ann (U1)', from: 'slack', action: `acknowledge ${String(delivery?.['id'])}` },
    ]);
    const [alert] = await listed('alerts');
    expect(await (await e2e.app.admin(`alerts/${String(alert?.['id'])}`)).json()).toMatchObject({
      stateHistory: [{ by: 'Ann (U1)', from: 'open', to: 'acknowledged', via: 'slack' }],
    });
  });

  it("changes a bot's message by chat.update, and says so in its thread", async () => {
    const posted = await raised('w');
    expect(await click(posted, 'resolve', 'false-positive')).toBe(200);
    await e2e.slack.waitFor(3);
    const edited = e2e.slack.messages.find(({ via }) => via === 'chat.update');
    expect(edited?.ts).toBe(posted.ts);
    expect(e2e.slack.textOf(edited!)).toContain('Resolved as false positive by Ann (U1)');
    expect(idsIn(edited!)).toEqual(['silence']);
    expect(e2e.slack.messages.filter(({ body }) => body['thread_ts'] === posted.ts)).toHaveLength(1);
    expect(responses()).toEqual([]);
  });

  it('is done by one of two who click at once, and the other is shown by whom', async () => {
    const posted = await raised('f');
    const answers = await Promise.all([
      click(posted, 'resolve', 'true-positive'),
      click(posted, 'resolve', 'false-positive', bob),
    ]);
    expect(answers).toEqual([200, 200]);
    await e2e.slack.waitFor(3);
    const [delivery] = await listed('deliveries');
    const first = String(delivery?.['stateBy']);
    const told = responses().find(({ body }) => body['response_type'] === 'ephemeral');
    expect(told?.body).toMatchObject({ replace_original: false });
    expect(String(told?.body['text'])).toContain(`by ${first}`);
    expect(await listed('audit')).toHaveLength(1);
  });

  it('is done once, also after a restart', async () => {
    const posted = await raised('f');
    const payload = clickOn(e2e.slack, posted, 'acknowledge');
    const at = Date.now();
    expect(await postClick(e2e.app.url, payload, at)).toBe(200);
    await e2e.app.admin(`deliveries/${String((await listed('deliveries'))[0]?.['id'])}/reopen`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ by: 'Cid' }),
    });
    await e2e.restart();
    expect(await postClick(e2e.app.url, payload, at)).toBe(200);
    expect(await listed('deliveries')).toMatchObject([{ state: 'open', stateBy: 'Cid' }]);
  });

  it('is told in the channel where the response URL no longer works', async () => {
    const posted = await raised('f');
    e2e.slack.answerNext({ kind: 'status', status: 404, body: 'used_url' }, 1, '/services/response');
    expect(await click(posted, 'acknowledge')).toBe(200);
    const messages = await e2e.slack.waitFor(2);
    expect(messages[1]?.channel).toBe('/services/hook');
    expect(e2e.slack.textOf(messages[1]!)).toContain('Acknowledged by Ann (U1): Failed login');
  });

  it('silences a rule, or a rule for one user or address', async () => {
    const posted = await raised('f', { user_name: 'a*b@example.com', ip: '203.0.113.7' });
    expect(await click(posted, 'silence', '4h|user')).toBe(200);
    expect(await click(posted, 'silence', '7d|address')).toBe(200);
    expect(await click(posted, 'silence', '1h|rule')).toBe(200);
    expect((await listed('silences')).map(({ rule, fields, author }) => ({ rule, fields, author }))).toEqual([
      { rule: 'failures', fields: null, author: 'Ann (U1)' },
      { rule: 'failures', fields: { ip: { equals: '203.0.113.7' } }, author: 'Ann (U1)' },
      { rule: 'failures', fields: { user_name: { equals: 'a*b@example.com' } }, author: 'Ann (U1)' },
    ]);
    await e2e.slack.waitFor(4);
    expect(e2e.slack.textOf(responses().at(-1)!)).toMatch(
      /Silenced by Ann \(U1\): the rule failures · until/,
    );
    await e2e.app.send([{ type: 'f', log_id: 'z' }]);
    expect((await listed('alerts'))[0]).toMatchObject({ reason: 'silenced', state: null });
  });

  it('answers who clicks below a message that the router no longer has', async () => {
    const posted = await raised('f');
    await e2e.app.database.deleteFrom('deliveries').execute();
    expect(await click(posted, 'acknowledge')).toBe(200);
    expect(await click(posted, 'silence', '1h|rule')).toBe(200);
    await e2e.slack.waitFor(3);
    expect(responses().map(({ body }) => body['response_type'])).toEqual(['ephemeral', 'ephemeral']);
  });
});
