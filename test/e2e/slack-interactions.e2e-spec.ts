import { createHmac } from 'node:crypto';
import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels:
  hook: { webhook: '\${SLACK_WEBHOOK_URL}', actions: [] }
  bot: { slack: C0123456789, actions: [] }
  ops: { webhook: '\${SLACK_WEBHOOK_URL}-ops' }
ops: { channel: ops }
rules:
  - { id: failures, match: { types: [f] }, channels: [hook] }
  - { id: worse, severity: critical, match: { types: [f], fields: { user_name: root } }, channels: [hook] }
  - { id: warnings, match: { types: [w] }, channels: [bot] }
`;
const secret = 'signing-secret';
const user = { id: 'U1', username: 'mallory', name: '*<!channel>*' };

interface Block {
  readonly type: string;
  readonly elements?: readonly { readonly action_id?: string; readonly value?: string }[];
}
interface Body {
  readonly text: string;
  readonly blocks: readonly Block[];
  readonly attachments: readonly { readonly color: string; readonly blocks: readonly Block[] }[];
}

const form = (payload: unknown): string =>
  new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
const headersOf = (body: string, at = Date.now(), key = secret): Record<string, string> => {
  const timestamp = String(Math.floor(at / 1000));
  const digest = createHmac('sha256', key).update(`v0:${timestamp}:${body}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': `v0=${digest}`,
  };
};
const blocksOf = ({ blocks, attachments }: Body): Block[] => [
  ...blocks,
  ...attachments.flatMap((attachment) => attachment.blocks),
];

const buttonsOf = (body: Body): (string | undefined)[] =>
  blocksOf(body)
    .flatMap(({ elements = [] }) => elements)
    .filter((element) => element.action_id === 'silence_1h')
    .map(({ value }) => value);

describe('the Silence 1h button of earlier versions', () => {
  const e2e = appWithSlack(rules, {
    SLACK_BOT_TOKEN: 'xoxb-token',
    SLACK_SIGNING_SECRET: secret,
    SLACK_TIMEOUT: '1s',
    SLACK_RATE: '1000',
    SLACK_BURST: '1000',
  });

  const post = async (body: string, headers = headersOf(body)): Promise<number> =>
    (await fetch(`${e2e.app.url}/slack/interactions`, { method: 'POST', headers, body })).status;
  const bodyAt = (index: number): Body => e2e.slack.messages[index]?.body as unknown as Body;
  const silences = async (): Promise<Record<string, unknown>[]> =>
    ((await (await e2e.app.admin('silences')).json()) as { items: Record<string, unknown>[] }).items;
  const pressed = (value: string, changes: object = {}): string =>
    form({
      type: 'block_actions',
      user,
      actions: [{ action_id: 'silence_1h', value }],
      response_url: e2e.slack.webhookUrl('response'),
      ...changes,
    });
  const text = (channel: string): string[] =>
    e2e.slack.messages
      .filter((message) => message.channel === `/services/${channel}`)
      .map((message) => e2e.slack.textOf(message));

  it('silences the rule for an hour, and the message then says who did so in place of the button', async () => {
    await e2e.app.send([{ type: 'f', log_id: 'a', description: 'Failed login' }]);
    await e2e.slack.waitFor(1);
    const posted = bodyAt(0);
    const message = {
      ...posted,
      attachments: posted.attachments.map((attachment) => ({
        ...attachment,
        id: 1,
        fallback: '[no preview available]',
        color: attachment.color.slice(1),
      })),
    };
    expect(await post(pressed('failures', { message }))).toBe(200);
    const [silence] = await silences();
    expect(silence).toMatchObject({
      rule: 'failures',
      author: '*<!channel>* (U1)',
      reason: 'Silence 1h button',
    });
    const { createdAt, endsAt } = silence as { createdAt: string; endsAt: string };
    expect(Date.parse(endsAt) - Date.parse(createdAt)).toBe(3_600_000);

    await e2e.slack.waitFor(() => text('response').length === 1 && text('hook-ops').length === 1);
    expect(text('hook-ops')[0]).toContain('*<!channel>* (U1) silenced the rule failures: Silence 1h button');
    const replaced = e2e.slack.messages.find(({ channel }) => channel === '/services/response')
      ?.body as unknown as Body & { replace_original: boolean };
    expect(replaced.replace_original).toBe(true);
    expect(buttonsOf(replaced)).toEqual([]);
    const kept = blocksOf(posted).filter(({ type }) => type !== 'actions');
    expect(blocksOf(replaced).slice(0, -1)).toEqual(kept);
    expect(replaced.attachments[0]?.color).toBe(posted.attachments[0]?.color);
    const shown = JSON.stringify(blocksOf(replaced).at(-1));
    expect(shown).toMatch(/Silenced until <!date\^\d+/);
    expect(shown).toContain('&lt;!channel&gt;');
    expect(shown).not.toContain('<!channel>');

    expect((await e2e.app.send([{ type: 'f', log_id: 'b' }])).status).toBe(200);
    const alerts = (await (await e2e.app.admin('alerts')).json()) as { items: { reason: string }[] };
    expect(alerts.items.map(({ reason }) => reason)).toEqual(['silenced', 'sent']);
  });

  it('does nothing when the same request comes again, after a restart too', async () => {
    const press = pressed('failures', { message: { text: 't' } });
    const gone = pressed('gone');
    const [headers, ofGone] = [headersOf(press), headersOf(gone)];
    const answers = await Promise.all([post(press, headers), post(press, headers), post(press, headers)]);
    expect([...answers, await post(gone, ofGone)]).toEqual([200, 200, 200, 200]);
    await e2e.restart();
    expect([await post(press, headers), await post(gone, ofGone)]).toEqual([200, 200]);
    expect(await silences()).toHaveLength(1);

    // Another press of the same button is not a repetition.
    const later = headersOf(press, Date.now() + 2_000);
    expect(await post(press, later)).toBe(200);
    expect(await silences()).toHaveLength(2);
    await e2e.slack.waitFor(() => text('hook-ops').length === 2 && text('response').length === 3);
  });

  it('answers before the message has changed, and stands though it never does', async () => {
    e2e.slack.answerNext({ kind: 'hang' }, 1, '/services/response');
    expect(await post(pressed('failures', { message: { text: 't' } }))).toBe(200);
    expect(
      await post(pressed('worse', { message: { text: 't' }, response_url: 'http://127.0.0.1:1/' })),
    ).toBe(200);
    expect((await silences()).map(({ rule }) => rule)).toEqual(['worse', 'failures']);
    await e2e.slack.waitFor(() => text('hook-ops').length === 2);
  });

  it('says who pressed it when the rule is no longer there', async () => {
    expect(await post(pressed('gone'))).toBe(200);
    await e2e.slack.waitFor(1);
    expect(e2e.slack.messages[0]?.body).toMatchObject({
      response_type: 'ephemeral',
      replace_original: false,
    });
    expect(await silences()).toEqual([]);
  });

  it.each<[string, number, (body: string) => Record<string, string>]>([
    ['another secret', 401, (body) => headersOf(body, Date.now(), 'other')],
    ['a signature of another body', 401, () => headersOf('payload=%7B%7D')],
    ['an old request', 401, (body) => headersOf(body, Date.now() - 302_000)],
    ['a request of the future', 401, (body) => headersOf(body, Date.now() + 302_000)],
    ['no signature', 401, () => ({ 'content-type': 'application/x-www-form-urlencoded' })],
    ['another Content-Type', 400, (body) => ({ ...headersOf(body), 'content-type': 'application/json' })],
  ])('is not believed with %s: %d', async (_what, status, headers) => {
    const body = pressed('failures');
    expect(await post(body, headers(body))).toBe(status);
    expect(await silences()).toEqual([]);
  });

  it('passes over what is no press of it', async () => {
    expect(await post(pressed('failures', { actions: [{ action_id: 'else', value: 'failures' }] }))).toBe(
      200,
    );
    expect(await post('payload=%7B')).toBe(400);
    expect(await post('')).toBe(400);
    expect(await silences()).toEqual([]);
  });

  it('is not there without a signing secret, nor is where Slack would report it', async () => {
    await e2e.restart({ SLACK_SIGNING_SECRET: '' });
    expect(await post(pressed('failures'))).toBe(404);
    await e2e.app.send([{ type: 'f', log_id: 'a' }]);
    await e2e.slack.waitFor(1);
    expect(buttonsOf(bodyAt(0))).toEqual([]);
  });
});
