import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
templates:
  window:
    title: "{{ rule.name }}: {{ window.count }} events of {{ window.key }}"
    fields: { Users: "{{ window.values | join: ', ' }}", From: '{{ window.first }}', To: '{{ window.last }}' }
defaults: { channels: [hook], template: window }
rules:
  - id: brute-force
    name: Brute force, then a login
    severity: critical
    window: { within: 10m, by: [ip], sequence: [{ types: [fp], count: 20 }, { types: [s] }] }
  - id: unverified
    name: Never verified
    match: { types: [ss] }
    window: { within: 2s, by: [user_id], missing: { types: [sv] } }
  - id: many-users
    name: Many users
    match: { types: [fu] }
    window: { within: 1h, by: [ip], distinct: { field: user_name, count: 3 } }
  - id: new-agent
    name: New user agent
    match: { types: [scp] }
    window: { by: [user_id], new: { field: user_agent } }
  - id: resets
    name: Many password resets
    template: default
    match: { types: [scpr] }
    window: { within: 1h, by: [ip], count: 3 }
`;
const minute = 60_000;

let ids = 0;
const event = (type: string, ageMs: number, data: object) => {
  const id = `event-${ids++}`;
  return {
    log_id: id,
    data: { type, date: new Date(Date.now() - ageMs).toISOString(), log_id: id, ...data },
  };
};

const failure = (age: number) => event('fp', age * minute, { ip: '192.0.2.1', user_name: `user${age % 3}` });
const signUp = (user: string) => event('ss', 0, { user_id: user, user_name: user });
const attempt = (user: string, minutesAgo: number) =>
  event('fu', minutesAgo * minute, { ip: '192.0.2.1', user_name: user });
const change = (user: string, agent: string) => event('scp', 0, { user_id: user, user_agent: agent });

describe('windows', () => {
  const e2e = appWithSlack(rules, { WATCH_RULES: 'false' });

  const shown = (): string[] => e2e.slack.messages.map((message) => e2e.slack.textOf(message));

  it('report a brute force and the login that ended it as one alert, over a restart, with count, users and times', async () => {
    const failures = Array.from({ length: 20 }, (_, index) => failure(9 - index * 0.4));
    await e2e.app.send(failures.slice(0, 12).toReversed());
    await e2e.restart();
    await e2e.app.send(failures.slice(12));
    await e2e.app.send([event('s', 0, { ip: '192.0.2.9', user_name: 'innocent' })]);
    await e2e.app.send([event('s', 0, { ip: '192.0.2.1', user_name: 'victim' })]);
    await e2e.slack.waitFor(1);
    expect(shown()).toHaveLength(1);
    expect(shown()[0]).toContain('Brute force, then a login: 21 events of 192.0.2.1');
    expect(shown()[0]).toContain('victim');
    expect(shown()[0]).toContain(failures[0]!.data.date);
  });

  it('report a sign-up that is never verified, with no event to drive it, also when it fell due while the router was down', async () => {
    await e2e.app.send([signUp('never'), signUp('verified')]);
    await e2e.app.send([event('sv', 0, { user_id: 'verified' })]);
    await e2e.slack.waitFor(1, 15_000);
    await e2e.app.send([signUp('while-down')]);
    await e2e.restart();
    await e2e.slack.waitFor(2, 15_000);
    expect(shown()[0]).toContain('never');
    expect(shown()[1]).toContain('while-down');
  });

  it('count different values over a restart, each event once', async () => {
    const twice = attempt('bob', 2);
    await e2e.app.send([attempt('alice', 4), attempt('alice', 3), twice]);
    await e2e.restart();
    await e2e.app.send([twice]);
    await e2e.app.send([attempt('carol', 1)]);
    await e2e.slack.waitFor(1);
    expect(shown()[0]).toContain('Many users: 3 events of 192.0.2.1');
    expect(shown()[0]).toContain('alice, bob, carol');
  });

  it('report a value that is new to its key, and remember it over a restart', async () => {
    await e2e.app.send([change('alice', 'Firefox')]);
    await e2e.slack.waitFor(1);
    await e2e.restart();
    await e2e.app.send([change('alice', 'Firefox')]);
    await e2e.app.send([change('alice', 'curl')]);
    await e2e.slack.waitFor(2);
    const reasons = ((await (await e2e.app.admin('alerts')).json()) as { items: { rule: string }[] }).items;
    expect(reasons).toHaveLength(2);
  });

  it('are described without a template too, and not of the event that came last', async () => {
    const resets = [3, 2, 1].map((age) =>
      event('scpr', age * minute, { ip: '192.0.2.1', user_name: `user${age}`, description: `Reset ${age}` }),
    );
    await e2e.app.send(resets);
    await e2e.slack.waitFor(1);
    const [text] = shown();
    expect(text).toMatch(/^Many password resets: 3 for 192\.0\.2\.1\n/);
    expect(text).toContain('user3, user2, user1');
    const time = (index: number) => `${resets[index]!.data.date.slice(0, 19).replace('T', ' ')} UTC`;
    expect(text).toContain(`${time(0)} to ${time(2)}`);
    expect(text).not.toContain('Reset');
  });

  it('say in the metrics and in explain why nothing was sent', async () => {
    await e2e.app.send([event('fu', 0, { ip: '192.0.2.1', user_name: 'alice' })]);
    const metrics = await (await fetch(`${e2e.app.url}/metrics`)).text();
    expect(metrics).toContain(
      'alert_router_decisions_total{rule="many-users",reason="window not reached"} 1',
    );
    const explained = await e2e.app.admin('rules/explain', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        events: [{ type: 'ss', user_id: 'a', date: '2026-11-20T09:00:00Z', log_id: 'x' }],
        until: '2026-11-20T10:00:00Z',
      }),
    });
    expect(await explained.json()).toMatchObject({
      results: [
        {
          rules: [
            {},
            { id: 'unverified', matched: true, decision: 'suppressed', reason: 'window not reached' },
            {},
            {},
            {},
          ],
        },
      ],
      alerts: [{ rule: 'unverified', logIds: ['x'] }],
    });
  });
});
