import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}' }
  bot: { slack: C0123456789 }
rules:
  - { id: failures, match: { types: [f] }, channels: [hook] }
  - { id: warnings, name: Warnings, mention: '<!here>', match: { types: [w] }, channels: [bot] }
  - { id: many, name: Many, match: { types: [g] }, channels: [bot], group: { wait: 1s } }
`;

interface Delivery {
  readonly id: string;
  readonly state: string | null;
  readonly stateBy: string | null;
  readonly stateAt: string | null;
  readonly resolution: string | null;
  readonly note: string | null;
  readonly deliveryId: string;
}

describe('the state of messages', () => {
  const e2e = appWithSlack(rules, { SLACK_BOT_TOKEN: 'xoxb-token', SLACK_RATE: '1000', SLACK_BURST: '1000' });

  const listed = async (path: string): Promise<Delivery[]> =>
    ((await (await e2e.app.admin(path)).json()) as { items: Delivery[] }).items;
  const change = (id: string, action: string, body: object = { by: 'Ann' }): Promise<Response> =>
    e2e.app.admin(`deliveries/${id}/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const raise = async (type: string, logId: string): Promise<string> => {
    await e2e.app.send([{ type, log_id: logId, description: 'Something' }]);
    return (await listed('alerts'))[0]?.deliveryId as string;
  };
  const bodyOf = async (answer: Promise<Response>): Promise<object> =>
    (await (await answer).json()) as object;

  it('are changed over the API, and stand in both lists with who and when', async () => {
    const id = await raise('f', 'a');
    expect(await bodyOf(change(id, 'acknowledge'))).toMatchObject({
      id,
      state: 'acknowledged',
      stateBy: 'Ann',
      stateAt: expect.stringMatching(/^\d{4}-/),
      resolution: null,
    });
    const resolve = { by: 'Bob', as: 'false-positive', note: 'a scanner' };
    const resolved = { state: 'resolved', stateBy: 'Bob', resolution: 'false-positive', note: 'a scanner' };
    expect(await bodyOf(change(id, 'resolve', resolve))).toMatchObject(resolved);
    expect(await listed('alerts')).toMatchObject([resolved]);
    expect(await listed('deliveries')).toMatchObject([resolved]);
    expect(await bodyOf(change(id, 'reopen'))).toMatchObject({ state: 'open', stateBy: 'Ann', note: null });
  });

  it('stand in the history of the alert, and are counted for its rule', async () => {
    const id = await raise('f', 'a');
    await raise('f', 'b');
    const [, alert] = (await listed('alerts')) as (Delivery & { readonly id: string })[];
    const historyOf = async () =>
      ((await bodyOf(e2e.app.admin(`alerts/${alert?.id}`))) as { stateHistory: object[] }).stateHistory;
    expect(await historyOf()).toEqual([]);
    await change(id, 'acknowledge');
    await change(id, 'acknowledge', { by: 'Bob' });
    await change(id, 'resolve', { by: 'Bob', as: 'false-positive', note: 'a scanner' });
    const change1 = { by: 'Ann', from: 'open', to: 'acknowledged', resolution: null, note: null, via: 'api' };
    const change2 = { ...change1, by: 'Bob', from: 'acknowledged', to: 'resolved' };
    const at = expect.stringMatching(/^\d{4}-.*Z$/) as unknown;
    const whole = [
      { ...change1, at },
      { ...change2, at, resolution: 'false-positive', note: 'a scanner' },
    ];
    expect(await historyOf()).toEqual(whole);

    const rule = async () =>
      ((await listed('rules')) as object[]).find((one) => 'id' in one && one.id === 'failures');
    const none = { open: 0, acknowledged: 0, resolved: 0, truePositive: 0, falsePositive: 0, expected: 0 };
    expect(await rule()).toMatchObject({
      mode: 'live',
      alerts: 2,
      states: { ...none, open: 1, resolved: 1, falsePositive: 1 },
      acknowledgedAfterMs: expect.any(Number),
      falsePositiveShare: 1,
    });
    const metrics = await (await fetch(`${e2e.app.url}/metrics`)).text();
    expect(metrics).toContain('alert_router_rule_alerts{rule="failures",state="open"} 1');
    expect(metrics).toContain('alert_router_rule_alerts{rule="failures",state="false-positive"} 1');
    expect(metrics).toMatch(/alert_router_rule_acknowledged_after_seconds\{rule="failures"\} \d/);
    await change(id, 'reopen');
    expect(await rule()).toMatchObject({
      states: { ...none, open: 2 },
      acknowledgedAfterMs: null,
      falsePositiveShare: null,
    });
    expect(await historyOf()).toEqual([...whole, { ...change1, at, from: 'resolved', to: 'open' }]);
  });

  it('filter both lists', async () => {
    const first = await raise('f', 'a');
    const second = await raise('f', 'b');
    const third = await raise('f', 'c');
    await e2e.app.admin('channels/hook/test', { method: 'POST' });
    await change(first, 'acknowledge');
    await change(second, 'resolve', { by: 'Ann', as: 'expected' });
    for (const [state, id] of [
      ['acknowledged', first],
      ['resolved', second],
      ['open', third],
    ]) {
      expect((await listed(`deliveries?state=${state}`)).map((one) => one.id)).toEqual([id]);
      expect((await listed(`alerts?state=${state}`)).map((one) => one.deliveryId)).toEqual([id]);
    }
    expect((await e2e.app.admin('deliveries?state=done')).status).toBe(400);
  });

  it('are not taken back by whoever comes second', async () => {
    const id = await raise('f', 'a');
    expect((await change(id, 'acknowledge')).status).toBe(200);
    expect(await bodyOf(change(id, 'acknowledge', { by: 'Bob' }))).toMatchObject({ stateBy: 'Ann' });
    await change(id, 'resolve', { by: 'Ann', as: 'expected' });
    const again = await change(id, 'resolve', { by: 'Bob', as: 'true-positive' });
    expect(again.status).toBe(409);
    expect(await bodyOf(Promise.resolve(again))).toMatchObject({
      detail: expect.stringContaining('Resolved as expected by Ann'),
    });
    expect((await change(id, 'acknowledge', { by: 'Bob' })).status).toBe(409);
    expect(await listed('deliveries')).toMatchObject([{ stateBy: 'Ann', resolution: 'expected' }]);
  });

  it('are refused with a reason', async () => {
    const id = await raise('f', 'a');
    await e2e.app.admin('channels/hook/test', { method: 'POST' });
    const notice = (await listed('deliveries'))[0] as Delivery;
    expect(notice.state).toBeNull();
    expect((await change(notice.id, 'acknowledge')).status).toBe(409);
    expect((await change('none', 'acknowledge')).status).toBe(404);
    expect((await change(id, 'acknowledge', {})).status).toBe(400);
    expect((await change(id, 'resolve')).status).toBe(400);
    expect((await change(id, 'resolve', { by: 'Ann', as: 'done' })).status).toBe(400);
  });

  it('are shown by a bot in its message, with a line in the thread that mentions nobody', async () => {
    const id = await raise('w', 'a');
    await e2e.slack.waitFor(1);
    await change(id, 'acknowledge', { by: 'Ann <!channel>' });
    await e2e.slack.waitFor(3);
    const [posted, line, edited] = e2e.slack.messages;
    expect(edited).toMatchObject({ via: 'chat.update', ts: posted?.ts });
    expect(e2e.slack.textOf(edited!)).toContain('Acknowledged by Ann');
    expect(e2e.slack.textOf(edited!)).toContain('Something');
    expect(JSON.stringify(edited?.body)).not.toContain('<!channel>');
    expect(line).toMatchObject({ via: 'chat.postMessage', body: { thread_ts: posted?.ts } });
    expect(e2e.slack.textOf(line!)).toContain('Acknowledged by Ann');
    expect(JSON.stringify(line?.body)).not.toMatch(/<!channel>|<!here>/);
    expect(e2e.slack.messages).toHaveLength(3);
  });

  it('are shown in a digest, too, and once more when somebody reopens it', async () => {
    await e2e.app.send([
      { type: 'g', log_id: 'a', description: 'One' },
      { type: 'g', log_id: 'b', description: 'Two' },
    ]);
    const id = (await listed('alerts'))[0]?.deliveryId as string;
    await e2e.slack.waitFor(1);
    await change(id, 'resolve', { by: 'Ann', as: 'true-positive' });
    await e2e.slack.waitFor(3);
    await change(id, 'reopen', { by: 'Bob' });
    await e2e.slack.waitFor(5);
    const edits = e2e.slack.messages.filter(({ via }) => via === 'chat.update');
    expect(edits.map((edit) => /Resolved.*|Reopened.*/.exec(e2e.slack.textOf(edit))?.[0])).toEqual([
      expect.stringContaining('Resolved as true positive by Ann'),
      expect.stringContaining('Reopened by Bob'),
    ]);
  });

  it('stand in the message from the start where it was acknowledged before it was posted', async () => {
    e2e.slack.answerNext({ kind: 'status', status: 503, body: '' }, 1);
    const id = await raise('w', 'a');
    await change(id, 'acknowledge');
    await e2e.slack.waitFor(
      (messages) => messages.some(({ body }) => body['thread_ts'] !== undefined),
      20_000,
    );
    expect(e2e.slack.textOf(e2e.slack.messages[0]!)).toContain('Acknowledged by Ann');
  });

  it('are told in the thread where the message was deleted', async () => {
    const id = await raise('w', 'a');
    await e2e.slack.waitFor(1);
    e2e.slack.answerNext({
      kind: 'status',
      status: 200,
      body: JSON.stringify({ ok: false, error: 'message_not_found' }),
    });
    await change(id, 'acknowledge');
    await e2e.slack.waitFor(2);
    expect(e2e.slack.textOf(e2e.slack.messages[1]!)).toContain('Acknowledged by Ann');
  });
});
