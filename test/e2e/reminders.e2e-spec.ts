import { appWithSlack } from '../support/app-with-slack.js';
import { emptyPostgres } from '../support/databases.js';
import type { AcceptedMessage } from '../support/fake-slack/workspace.js';
import { routersWithSlack, sendEvents } from '../support/routers-with-slack.js';
import { clickOn, postClick, signingSecret } from '../support/slack-clicks.js';
import { until } from '../support/until.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  bot: { slack: C0123456789, thread: true }
  oncall: { webhook: '\${SLACK_WEBHOOK_URL}-oncall' }
  secret: { webhook: '\${SLACK_WEBHOOK_URL}-secret', redact: { user_name: drop } }
rules:
  - { id: failures, match: { types: [f] }, channels: [hook], remind: { after: 1s, times: 2 } }
  - id: warnings
    name: Warnings
    match: { types: [w] }
    channels: [bot]
    throttle: { every: 1h }
    remind: { after: 1s, times: 1, channels: [oncall, secret] }
`;

const isReminder = (text: string): boolean => text.includes('Still open');

describe('a reminder', () => {
  const e2e = appWithSlack(rules, {
    SLACK_BOT_TOKEN: 'xoxb-token',
    SLACK_SIGNING_SECRET: signingSecret,
    SLACK_RATE: '1000',
    SLACK_BURST: '1000',
  });

  const reminders = (): readonly AcceptedMessage[] =>
    e2e.slack.messages.filter((message) => isReminder(e2e.slack.textOf(message)));
  const allOver = (): Promise<void> =>
    until(async () => {
      const waiting = e2e.app.database
        .selectFrom('deliveries')
        .select('id')
        .where('remind_at', 'is not', null);
      return (await waiting.execute()).length === 0;
    });

  it('stands in the same channel of a webhook, as often as the rule says', async () => {
    await e2e.app.send([{ type: 'f', log_id: 'a', description: 'Failed login <!here>' }]);
    await e2e.slack.waitFor(3);
    await allOver();
    expect(reminders().map(({ channel }) => channel)).toEqual(['/services/hook', '/services/hook']);
    const texts = reminders().map((message) => e2e.slack.textOf(message));
    expect(texts[0]).toContain('Failed login');
    expect(texts.map((text) => /Reminder \d of \d/.exec(text)?.[0])).toEqual([
      'Reminder 1 of 2',
      'Reminder 2 of 2',
    ]);
    expect(JSON.stringify(reminders()[0]?.body)).not.toContain('<!here>');
  });

  it("stands in a bot's thread and in the channels of the rule, once for all repeats", async () => {
    await e2e.app.send([{ type: 'w', log_id: 'a', description: 'Warning of ann' }]);
    const [posted] = await e2e.slack.waitFor(1);
    await e2e.app.send([{ type: 'w', log_id: 'b', description: 'Warning of bob' }]);
    await e2e.slack.waitFor(() => reminders().length === 3);
    await allOver();
    expect(reminders()).toHaveLength(3);
    expect(reminders().find(({ via }) => via === 'chat.postMessage')?.body).toMatchObject({
      thread_ts: posted?.ts,
    });
    const text = (channel: string): string =>
      reminders()
        .filter((message) => message.channel === channel)
        .map((message) => e2e.slack.textOf(message))
        .join();
    expect(text('/services/hook-oncall')).toContain('Warning of ann');
    expect(text('/services/hook-secret')).toContain('Still open: Warnings');
    expect(text('/services/hook-secret')).not.toContain('ann');
  });

  it('is not sent once somebody has acknowledged the message', async () => {
    await e2e.app.send([{ type: 'f', log_id: 'a', description: 'Failed login' }]);
    const [posted] = await e2e.slack.waitFor(1);
    const click = clickOn(e2e.slack, posted as AcceptedMessage, 'acknowledge');
    expect(await postClick(e2e.app.url, click)).toBe(200);
    await allOver();
    // Its time has passed when one of a later message is there.
    await e2e.app.send([{ type: 'f', log_id: 'b', description: 'Another login' }]);
    await e2e.slack.waitFor(() => reminders().length > 0);
    expect(reminders().every((message) => e2e.slack.textOf(message).includes('Another login'))).toBe(true);
  });
});

describe('a reminder of routers in processes of their own', () => {
  const once = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] }, remind: { after: 3s, times: 1 } }]
`;
  const e2e = routersWithSlack(once);
  const reminders = (): number =>
    e2e.slack.messages.filter((message) => isReminder(e2e.slack.textOf(message))).length;
  const delivered = async (url: string): Promise<boolean> => {
    const headers = { authorization: 'Bearer admin-token' };
    const answer = await fetch(`${url}/admin/deliveries?status=delivered`, { headers });
    return ((await answer.json()) as { items: unknown[] }).items.length > 0;
  };

  it('is sent after a kill -9, once', async () => {
    let router = e2e.start();
    const url = await router.url();
    await sendEvents(url, ['a']);
    await until(() => delivered(url));
    router.kill('SIGKILL');
    await router.exit();
    expect(reminders()).toBe(0);
    router = e2e.start();
    await router.url();
    await e2e.slack.waitFor(() => reminders() > 0);
    router.kill('SIGTERM');
    await router.exit();
    router = e2e.start();
    const last = await router.url();
    // Whatever is due is done by then: a message that came later has been posted, and reminded of.
    await sendEvents(last, ['b']);
    await e2e.slack.waitFor(() => reminders() > 1);
    expect(reminders()).toBe(2);
  });

  it('is sent once by two replicas', async () => {
    const database = await emptyPostgres();
    const routers = [e2e.start({ DATABASE_URL: database.url }), e2e.start({ DATABASE_URL: database.url })];
    try {
      const [url] = await Promise.all(routers.map((router) => router.url()));
      await sendEvents(url as string, ['a', 'b', 'c']);
      await e2e.slack.waitFor(() => reminders() >= 3, 20_000);
      for (const router of routers) {
        router.kill('SIGTERM');
        await router.exit();
      }
      expect(reminders()).toBe(3);
    } finally {
      for (const router of routers) await router.destroy();
      await database.remove();
    }
  });
});
