import { emptyPostgres } from '../support/databases.js';
import { RunningApp } from '../support/running-app.js';
import { FakeSlack } from '../support/fake-slack.js';

const rules = `
version: 1
channels: { ops: { webhook: '\${SLACK_WEBHOOK_URL}' } }
ops: { channel: ops }
heartbeat: { after: 2s }
rules: [{ id: never, match: { types: [none] } }]
`;

describe('the watchdog', () => {
  let slack: FakeSlack;
  let environment: Record<string, string>;

  beforeEach(async () => {
    slack = await FakeSlack.start();
    environment = { SLACK_WEBHOOK_URL: slack.webhookUrl('ops') };
  });

  afterEach(() => slack.close());

  const titles = (): (string | undefined)[] =>
    slack.messages.map(
      (message) => /No event has arrived|Events arrive again/.exec(slack.textOf(message))?.[0],
    );

  it('notifies ops when no event comes, also over a restart, and when events that match nothing come again', async () => {
    let app = await RunningApp.start(rules, environment);
    const [warning] = await slack.waitFor(1);
    expect(slack.textOf(warning!)).toContain('No event has arrived for 2s');
    await app.stop();

    app = await RunningApp.start(rules, environment, app.folder);
    expect((await app.send([{ type: 'w', log_id: 'a' }])).status).toBe(204);
    const back = (await slack.waitFor(2))[1];
    expect(slack.textOf(back!)).toMatch(/Events arrive again[^]*None came for \d+s/);
    expect(titles()).toEqual(['No event has arrived', 'Events arrive again']);
    await app.close();
  });

  it('does not bark while the rules don’t ask for it, nor at what is no event', async () => {
    const quiet = rules.replace(/heartbeat.*\n/, '');
    const app = await RunningApp.start(quiet, environment);
    await app.writeRules(rules);
    expect((await app.admin('rules/reload', { method: 'POST' })).status).toBe(200);
    expect((await app.send([{}])).status).toBe(400);
    await slack.waitFor(1);
    expect(titles()).toEqual(['No event has arrived']);
    await app.close();
  });

  it('reports once, however many replicas there are, and counts what any of them takes', async () => {
    const database = await emptyPostgres();
    const shared = { ...environment, DATABASE_URL: database.url };
    const apps = await Promise.all([1, 2].map(() => RunningApp.start(rules, shared)));
    await slack.waitFor(1);
    await Promise.all(apps.map((app, index) => app.send([{ type: 'w', log_id: `a${index}` }])));
    await slack.waitFor(2);
    expect(titles()).toEqual(['No event has arrived', 'Events arrive again']);
    // The next warning is the next gap's.
    await slack.waitFor(3);
    expect(titles()[2]).toBe('No event has arrived');
    for (const app of apps) await app.close();
    await database.remove();
  });
});
