import { appWithSlack } from '../support/app-with-slack.js';
import type { AcceptedMessage } from '../support/fake-slack/workspace.js';
import type { SentEnvelope } from '../support/fake-slack/fake-sockets.js';
import { actionsOf, clickOn } from '../support/slack-clicks.js';
import { until } from '../support/until.js';
import { SlackClicks } from '../../src/domain/stores.js';
import { KyselyTransactions } from '../../src/storage/database/kysely-transactions.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  bot: { slack: C0123456789 }
  ops: { webhook: '\${SLACK_WEBHOOK_URL}-ops' }
rules:
  - { id: failures, match: { types: [f] }, channels: [hook] }
  - { id: warnings, match: { types: [w] }, channels: [bot] }
ops: { channel: ops }
`;
const appToken = 'xapp-1-A1-token';

interface Item {
  readonly [name: string]: unknown;
}

describe("clicks over Slack's Socket Mode", () => {
  const e2e = appWithSlack(rules, {
    SLACK_BOT_TOKEN: 'xoxb-token',
    SLACK_APP_TOKEN: appToken,
    SLACK_TIMEOUT: '2s',
    SLACK_RATE: '1000',
    SLACK_BURST: '1000',
  });

  const connected = (): Promise<void> =>
    until(() => Promise.resolve(e2e.slack.sockets.connections.length > 0));
  const listed = async (path: string): Promise<Item[]> =>
    ((await (await e2e.app.admin(path)).json()) as { items: Item[] }).items;
  const socketStatus = async (): Promise<Item | null> =>
    ((await (await e2e.app.admin('status')).json()) as { slackSocket: Item | null }).slackSocket;
  const raised = async (type: string): Promise<AcceptedMessage> => {
    const before = e2e.slack.messages.length;
    await e2e.app.send([{ type, log_id: `${type}${before}`, description: 'Failed login' }]);
    return (await e2e.slack.waitFor(before + 1))[before] as AcceptedMessage;
  };
  const click = (...parts: Parameters<typeof clickOn> extends [unknown, ...infer Rest] ? Rest : never) =>
    e2e.slack.sockets.send(clickOn(e2e.slack, ...parts));
  const acknowledged = (...envelopes: SentEnvelope[]): Promise<void> =>
    until(() => Promise.resolve(envelopes.every((envelope) => envelope.acknowledged)));
  const responses = (): AcceptedMessage[] =>
    e2e.slack.messages.filter(({ channel }) => channel === '/services/response');

  beforeEach(connected);

  it('acknowledge a message, which then shows it in its place', async () => {
    const posted = await raised('f');
    expect(actionsOf(posted).map(({ actionId }) => actionId)).toEqual(['acknowledge', 'resolve', 'silence']);
    const envelope = click(posted, 'acknowledge');
    await acknowledged(envelope);
    expect(envelope.deliveries).toBe(1);
    expect(await listed('deliveries')).toMatchObject([{ state: 'acknowledged', stateBy: 'Ann (U1)' }]);
    await e2e.slack.waitFor(2);
    expect(e2e.slack.textOf(responses()[0]!)).toContain('Acknowledged by Ann (U1)');
    expect(await listed('audit')).toMatchObject([{ by: 'Ann (U1)', from: 'slack' }]);
  });

  it("resolve a bot's message, which is edited and gets a line in its thread", async () => {
    const posted = await raised('w');
    await acknowledged(click(posted, 'resolve', 'false-positive'));
    await e2e.slack.waitFor(3);
    const edited = e2e.slack.messages.find(({ via }) => via === 'chat.update');
    expect(e2e.slack.textOf(edited!)).toContain('Resolved as false positive by Ann (U1)');
    expect(e2e.slack.messages.filter(({ body }) => body['thread_ts'] === posted.ts)).toHaveLength(1);
  });

  it('silence a rule once, however often Slack sends the click', async () => {
    const posted = await raised('f');
    const envelope = click(posted, 'silence', '1h|rule');
    await acknowledged(envelope);
    e2e.slack.sockets.sendAgain(envelope);
    e2e.slack.sockets.sendAgain(envelope, 'another-envelope');
    await acknowledged(click(posted, 'acknowledge'));
    expect(await listed('silences')).toMatchObject([{ rule: 'failures', author: 'Ann (U1)' }]);
  });

  it('of two people at once change a message once, and the second is shown by whom', async () => {
    const posted = await raised('f');
    await acknowledged(
      click(posted, 'resolve', 'true-positive'),
      click(posted, 'resolve', 'false-positive', { id: 'U2', name: 'Bob' }),
    );
    await e2e.slack.waitFor(3);
    const [delivery] = await listed('deliveries');
    const told = responses().find(({ body }) => body['response_type'] === 'ephemeral');
    expect(String(told?.body['text'])).toContain(`by ${String(delivery?.['stateBy'])}`);
    expect(await listed('audit')).toHaveLength(1);
  });

  it('are not acknowledged before they are stored', async () => {
    const posted = await raised('f');
    e2e.slack.sockets.acknowledgeMs = 100;
    const transactions = e2e.app.part(KyselyTransactions);
    const run = transactions.run.bind(transactions);
    let failures = 2;
    transactions.run = (work) =>
      run((stores) => {
        const slackClicks = new (class extends SlackClicks {
          override record(signature: string, now: number): Promise<boolean> {
            failures -= 1;
            if (failures >= 0) return Promise.reject(new Error('the disk is full'));
            return stores.slackClicks.record(signature, now);
          }
        })();
        return work({ ...stores, slackClicks });
      });
    const envelope = click(posted, 'acknowledge');
    await acknowledged(envelope);
    expect(failures).toBeLessThan(0);
    expect(envelope.deliveries).toBeGreaterThanOrEqual(3);
    expect(await listed('deliveries')).toMatchObject([{ state: 'acknowledged' }]);
    expect(await listed('audit')).toHaveLength(1);
  });

  it('go on over the next connection when Slack closes one', async () => {
    const posted = await raised('f');
    expect(await socketStatus()).toMatchObject({ ok: true, connected: true, error: null });
    const metrics = await (await fetch(`${e2e.app.url}/metrics`)).text();
    expect(metrics).toContain('\nalert_router_slack_socket_connected 1\n');
    e2e.slack.sockets.announce('refresh_requested');
    await until(() => Promise.resolve(e2e.slack.sockets.opened === 2));
    await acknowledged(click(posted, 'acknowledge'));
    e2e.slack.sockets.drop();
    await acknowledged(click(posted, 'resolve', 'expected'));
    expect(e2e.slack.sockets.opened).toBe(3);
    expect(await listed('deliveries')).toMatchObject([{ state: 'resolved' }]);
    expect(await listed('audit')).toHaveLength(2);
  });

  it('are answered after a restart where they came before it', async () => {
    const posted = await raised('f');
    e2e.slack.sockets.acknowledgeMs = 60_000;
    await e2e.app.stop();
    const envelope = click(posted, 'acknowledge');
    await e2e.restart();
    await acknowledged(envelope);
    expect(await listed('deliveries')).toMatchObject([{ state: 'acknowledged' }]);
  });

  it('are told to ops as lost where Slack refuses the token, and the service goes on', async () => {
    e2e.slack.acceptAppTokens('xapp-another');
    await e2e.restart();
    const [notice] = await e2e.slack.waitFor(1);
    expect(notice?.channel).toBe('/services/hook-ops');
    expect(e2e.slack.textOf(notice!)).toContain('invalid_auth');
    expect(e2e.slack.textOf(notice!)).not.toContain(appToken);
    expect(await socketStatus()).toMatchObject({ ok: false, connected: false, error: 'invalid_auth' });
    expect(await (await e2e.app.admin('status')).json()).toMatchObject({ ok: false });
    await raised('f');
    const asked = e2e.slack.requests.filter(({ path }) => path === '/api/apps.connections.open');
    expect(asked).toHaveLength(2);
  });

  it('are told to ops as lost where Socket Mode is switched off in Slack', async () => {
    e2e.slack.sockets.announce('link_disabled');
    const [notice] = await e2e.slack.waitFor(1);
    expect(e2e.slack.textOf(notice!)).toContain('switch Socket Mode on');
    expect(await socketStatus()).toMatchObject({ ok: false, error: 'link_disabled' });
  });

  it('need a hello within the time that Slack is given', async () => {
    await e2e.app.stop();
    e2e.slack.sockets.saysHello = false;
    await e2e.restart({ SLACK_TIMEOUT: '1s' });
    await until(async () => (await socketStatus())?.['error'] === 'no_hello');
    e2e.slack.sockets.saysHello = true;
    await until(async () => (await socketStatus())?.['connected'] === true);
  });

  it('do not come without SLACK_APP_TOKEN', async () => {
    await e2e.restart({ SLACK_APP_TOKEN: '' });
    expect(actionsOf(await raised('f'))).toEqual([]);
    expect(await socketStatus()).toBeNull();
    expect(await (await fetch(`${e2e.app.url}/metrics`)).text()).not.toContain('slack_socket');
    expect(e2e.slack.sockets.opened).toBe(1);
  });
});
