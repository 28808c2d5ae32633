import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  iam: { slack: C0123456789, thread: true }
defaults: { channels: [hook] }
rules:
  - id: throttled
    match: { types: [fp] }
    throttle: { every: 2s, by: [ip] }
  - id: grouped
    name: Wrong users
    match: { types: [fu] }
    group: { by: [client_id], wait: 1s }
  - id: threaded
    match: { types: [f] }
    channels: [iam]
    throttle: { every: 1h, by: [user_name] }
    mention: ['<!here>']
`;

interface Alert {
  readonly rule: string;
  readonly decision: string;
  readonly reason: string;
  readonly deliveryId: string | null;
}

describe('quiet rules', () => {
  const e2e = appWithSlack(rules, { SLACK_BOT_TOKEN: 'xoxb-token', SLACK_RATE: '100', SLACK_BURST: '100' });

  const send = (type: string, ids: readonly string[], data: object) =>
    e2e.app.send(
      ids.map((id) => ({ log_id: id, data: { type, description: `event ${id}`, log_id: id, ...data } })),
    );
  const alerts = async (): Promise<readonly Alert[]> =>
    ((await (await e2e.app.admin('alerts')).json()) as { items: readonly Alert[] }).items;

  it('throttle: one message a key and period, and a summary of what was held back', async () => {
    await send('fp', ['a1', 'a2', 'a3', 'a4'], { ip: '192.0.2.1' });
    await send('fp', ['b1'], { ip: '192.0.2.2' });
    await e2e.slack.waitFor(2);
    expect((await alerts()).map(({ decision, reason }) => `${decision}: ${reason}`).toSorted()).toEqual([
      'sent: sent',
      'sent: sent',
      'suppressed: throttled',
      'suppressed: throttled',
      'suppressed: throttled',
    ]);
    // The period ends with three alerts unsaid; the last of them goes out and counts the others.
    const messages = await e2e.slack.waitFor(3, 15_000);
    expect(e2e.slack.textOf(messages[2]!)).toContain('event a4');
    expect(e2e.slack.textOf(messages[2]!)).toContain('2 more like this were held back');
  });

  it('throttle: the next message says what was held back, when it comes before the summary', async () => {
    await send('fp', ['a1', 'a2', 'a3'], { ip: '192.0.2.1' });
    await e2e.slack.waitFor(1);
    const deadline = Date.now() + 10_000;
    for (let id = 4; e2e.slack.messages.length < 2 && Date.now() < deadline; id++) {
      await send('fp', [`a${id}`], { ip: '192.0.2.1' });
    }
    expect(e2e.slack.textOf(e2e.slack.messages[1]!)).toMatch(/\d+ more like this were held back since/);
  });

  it('group: alerts of one key within the wait become one message', async () => {
    await send('fu', ['a1', 'a2'], { client_id: 'one' });
    await send('fu', ['b1'], { client_id: 'two' });
    await send('fu', ['a3'], { client_id: 'one' });
    const messages = await e2e.slack.waitFor(2);
    const reported = messages
      .map((message) => e2e.slack.textOf(message))
      .filter((text) => text.includes('3 alerts'));
    expect(reported).toEqual([expect.stringMatching(/^3 alerts in \d+ seconds?: Wrong users · one\n/)]);
    const listed = (await alerts()).filter(({ rule }) => rule === 'grouped');
    expect(new Set(listed.map(({ deliveryId }) => deliveryId)).size).toBe(2);
    expect(listed.map(({ reason }) => reason).toSorted()).toEqual(['grouped', 'grouped', 'sent', 'sent']);
    const metrics = await (await fetch(`${e2e.app.url}/metrics`)).text();
    expect(metrics).toContain('alert_router_decisions_total{rule="grouped",reason="grouped"} 2');
    expect(metrics).toContain('alert_router_decisions_total{rule="grouped",reason="sent"} 2');
  });

  it('thread: a reply that the thread does not take goes to the channel itself, as plain text', async () => {
    await send('f', ['a1'], { user_name: 'alice' });
    await e2e.slack.waitFor(1);
    e2e.slack.answerNext({
      kind: 'status',
      status: 200,
      body: { ok: false, error: 'cannot_reply_to_message' },
    });
    await send('f', ['a2'], { user_name: 'alice' });
    await e2e.slack.waitFor(2);
    expect(e2e.slack.messages[1]?.body).not.toHaveProperty('thread_ts');
    expect(e2e.slack.textOf(e2e.slack.messages[1]!)).toContain('event a2');
  });

  it('thread: repeats go below the first message, which counts them', async () => {
    await send('f', ['a1'], { user_name: 'alice' });
    await e2e.slack.waitFor(1);
    await send('f', ['a2'], { user_name: 'alice' });
    await send('f', ['b1'], { user_name: 'bob' });
    const posted = () => e2e.slack.messages.filter(({ via }) => via === 'chat.postMessage');
    await e2e.slack.waitFor(
      () => posted().length === 3 && e2e.slack.messages.some(({ via }) => via === 'chat.update'),
    );
    const [first] = posted();
    const reply = posted().find((message) => e2e.slack.textOf(message).includes('event a2'));
    expect(reply?.body).toMatchObject({ thread_ts: first?.ts });
    expect(e2e.slack.textOf(first!)).toContain('<!here>');
    expect(JSON.stringify(reply?.body)).not.toContain('<!here>');
    const update = e2e.slack.messages.find(({ via }) => via === 'chat.update');
    expect(update?.body).toMatchObject({ ts: first?.ts });
    expect(e2e.slack.textOf(update!)).toContain('event a1');
    expect(e2e.slack.textOf(update!)).toContain('1 more like this in the thread');
  });
});
