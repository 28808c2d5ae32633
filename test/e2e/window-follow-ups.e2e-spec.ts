import { appWithSlack } from '../support/app-with-slack.js';
import { until } from '../support/until.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  bot: { slack: C0123456789 }
defaults: { channels: [hook, bot] }
rules:
  - id: failures
    name: Failed logins
    mention: ["<!here>"]
    match: { types: [fp] }
    window: { within: 1h, by: [ip], count: 2 }
  - id: resets
    name: Password resets
    match: { types: [scpr] }
    window: { within: 1h, by: [ip], count: 2, follow: false }
`;

/** All events have one time, so that every count says that they came within a second. */
const date = new Date().toISOString();
let ids = 0;
const events = (number: number, ip: string, type = 'fp') =>
  Array.from({ length: number }, () => {
    const id = `event-${ids++}`;
    return { log_id: id, data: { type, date, log_id: id, ip } };
  });

describe('the end of a cooldown', () => {
  const e2e = appWithSlack(rules, {
    SLACK_BOT_TOKEN: 'xoxb-test',
    SLACK_RATE: '1000',
    SLACK_BURST: '1000',
    WATCH_RULES: 'false',
  });

  /** What stands in the channel now: an edited message counts once, as it was edited last. */
  const texts = (channel: string): string[] => {
    const shown = new Map<string, string>();
    for (const [index, message] of e2e.slack.messages.entries())
      if (message.channel === channel) shown.set(message.ts ?? String(index), e2e.slack.textOf(message));
    return [...shown.values()];
  };
  /** Makes the hour of every cooldown end now. */
  const endCooldowns = () =>
    e2e.app.database.updateTable('window_follow_ups').set({ due_at: Date.now() }).execute();
  const cooldowns = async (): Promise<number> =>
    (await e2e.app.database.selectFrom('window_follow_ups').selectAll().execute()).length;

  it("edits the bot's message, and posts once more to a webhook when the events doubled, over a restart", async () => {
    await e2e.app.send(events(2, '192.0.2.1'));
    await e2e.app.send(events(2, '192.0.2.2'));
    await e2e.slack.waitFor(4);
    await e2e.app.send([...events(3, '192.0.2.1'), ...events(1, '192.0.2.2')]);
    await e2e.restart();
    await e2e.app.send(events(1, '192.0.2.1'));
    await endCooldowns();
    await e2e.slack.waitFor(7);
    await until(async () => texts('C0123456789').every((text) => text.includes('events within')));
    expect(await cooldowns()).toBe(0);

    const bot = texts('C0123456789');
    expect(bot).toHaveLength(2);
    expect(bot.find((text) => text.includes('192.0.2.1'))).toContain('6 events within');
    expect(bot.find((text) => text.includes('192.0.2.2'))).toContain('3 events within');
    const [more, ...others] = texts('/services/hook').slice(2);
    expect(others).toEqual([]);
    expect(more).toMatch(/^Failed logins: 6 events within a second \(192\.0\.2\.1\)/);
    expect(more).not.toContain('here');
  });

  it('says nothing where no more events came, where the rule says follow: false, and of an alert that was silenced', async () => {
    await e2e.app.send([...events(2, '192.0.2.1'), ...events(9, '192.0.2.3', 'scpr')]);
    await e2e.app.admin('silences', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ rule: 'failures', for: '1h', reason: 'a test', author: 'test' }),
    });
    await e2e.app.send(events(9, '192.0.2.4'));
    await e2e.slack.waitFor(4);
    expect(await cooldowns()).toBe(1);
    await endCooldowns();
    await until(async () => (await cooldowns()) === 0);
    expect(e2e.slack.messages).toHaveLength(4);
    expect(e2e.slack.messages.map((message) => e2e.slack.textOf(message)).join('\n')).not.toContain(
      'events within',
    );
  });

  it('leaves a message alone that somebody has deleted', async () => {
    await e2e.app.send(events(2, '192.0.2.1'));
    await e2e.slack.waitFor(2);
    await e2e.app.send(events(1, '192.0.2.1'));
    e2e.slack.answerNext(
      { kind: 'status', status: 200, body: { ok: false, error: 'message_not_found' } },
      1,
      'C0123456789',
    );
    await endCooldowns();
    await until(async () => {
      const rows = await e2e.app.database
        .selectFrom('deliveries')
        .select('status')
        .where('follow_up', 'is not', null)
        .execute();
      return rows.length === 1 && rows[0]?.status === 'delivered';
    });
    expect(e2e.slack.messages).toHaveLength(2);
  });
});
