import { alertContent } from '../../../test/support/alerts.js';
import { digestOf } from '../../../test/support/digests.js';
import { FakeSlack } from '../../../test/support/fake-slack.js';
import type { Message } from '../../domain/alerting/message.js';
import { BotNotifier } from './bot-notifier.js';
import { SlackClient } from './slack-client.js';

const target = { kind: 'bot', slackChannel: 'C1', thread: true } as const;
const alert: Message = { kind: 'alert', alerts: [alertContent('Failed login')] };

const anyHost = { allowed: ['*'], loopback: true };

describe('the bot notifier and threads', () => {
  let slack: FakeSlack;
  let notifier: BotNotifier;

  beforeEach(async () => {
    slack = await FakeSlack.start();
    notifier = new BotNotifier(new SlackClient(anyHost), slack.apiUrl(), 'xoxb-1');
  });

  afterEach(() => slack.close());

  async function posted(): Promise<string> {
    const outcome = await notifier.send(target, alert, 'full');
    if (outcome.kind !== 'accepted' || outcome.ts === undefined) throw new Error(JSON.stringify(outcome));
    return outcome.ts;
  }

  it('returns the ts of what it posted', async () => {
    const ts = await posted();
    expect(slack.messages.map((message) => message.ts)).toEqual([ts]);
    expect(slack.messages[0]?.body).not.toHaveProperty('thread_ts');
  });

  it.each(['full', 'plain'] as const)('replies in a thread, in the form %s', async (form) => {
    const ts = await posted();
    const outcome = await notifier.send(target, alert, form, { ts });
    expect(outcome).toEqual({ kind: 'accepted', ts: expect.not.stringMatching(ts) });
    expect(slack.messages[1]?.body).toMatchObject({ channel: 'C1', thread_ts: ts });
  });

  it('updates what it posted', async () => {
    const ts = await posted();
    const digest = digestOf();
    expect(await notifier.update(target, ts, { kind: 'digest', digest })).toEqual({ kind: 'accepted', ts });
    expect(slack.messages[1]).toMatchObject({ via: 'chat.update', channel: 'C1', ts });
    expect(slack.textOf(slack.messages[1]!)).toContain('9997 alerts in 12 minutes');
  });

  it('takes the blocks of the earlier message away where the new one has none', async () => {
    const ts = await posted();
    const bare = alertContent('Failed login', { blocks: [] });
    await notifier.update(target, ts, { kind: 'alert', alerts: [bare] });
    expect(slack.messages[1]?.body['blocks']).toEqual([]);
    await notifier.update(target, ts, alert);
    expect(slack.messages[2]?.body['blocks']).toHaveLength(1);
  });

  it('updates in a channel that is called by its name, by the ID that Slack answered', async () => {
    const named = { kind: 'bot', slackChannel: '#security', thread: true } as const;
    const sent = await notifier.send(named, alert, 'full');
    const ts = sent.kind === 'accepted' ? (sent.ts ?? '') : '';
    expect(await notifier.update(named, ts, alert)).toEqual({ kind: 'accepted', ts });
    expect(slack.messages.map(({ channel }) => channel)).toEqual(['#security', 'C0SECURITY']);
  });

  it('can update with a text as long as there is', async () => {
    const ts = await posted();
    const long = { kind: 'alert', alerts: [alertContent('&'.repeat(10_000))] } as const;
    expect(await notifier.update(target, ts, long)).toEqual({ kind: 'accepted', ts });
  });

  it('updates no message that is gone', async () => {
    const outcome = await notifier.update(target, '1.000001', alert);
    expect(outcome).toEqual({ kind: 'thread-refused', error: 'message_not_found' });
  });

  it('updates nothing without a token', async () => {
    const outcome = await new BotNotifier(new SlackClient(anyHost), slack.apiUrl(), '').update(
      target,
      '1.1',
      alert,
    );
    expect(outcome).toMatchObject({ kind: 'token-refused' });
    expect(slack.requests).toEqual([]);
  });

  it('waits as long as Slack says before another update', async () => {
    const ts = await posted();
    const body = '{"ok":false,"error":"ratelimited"}';
    slack.answerNext({ kind: 'status', status: 429, body, headers: { 'retry-after': '7' } });
    expect(await notifier.update(target, ts, alert)).toEqual({
      kind: 'hold',
      error: 'ratelimited',
      ms: 7_000,
    });
  });
});
