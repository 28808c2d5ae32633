import { routersWithSlack, sendEvents } from '../support/routers-with-slack.js';
import type { AcceptedMessage } from '../support/fake-slack/workspace.js';
import { clickOn, postClick, signingSecret } from '../support/slack-clicks.js';

const rules = `
version: 1
channels: { bot: { slack: C0123456789 } }
rules: [{ id: failures, match: { types: [f] } }]
defaults: { channels: [bot] }
`;

describe('a click right before a kill -9', () => {
  const e2e = routersWithSlack(rules, {
    SLACK_BOT_TOKEN: 'xoxb-token',
    SLACK_SIGNING_SECRET: signingSecret,
  });

  it('is shown after the restart, and not taken again', async () => {
    const environment = { SLACK_API_URL: e2e.slack.apiUrl() };
    let router = e2e.start(environment);
    const url = await router.url();
    await sendEvents(url, ['a']);
    const [posted] = await e2e.slack.waitFor(1);
    e2e.slack.answerNext({ kind: 'hang' }, Number.POSITIVE_INFINITY, 'C0123456789');
    const click = clickOn(e2e.slack, posted as AcceptedMessage, 'acknowledge');
    const at = Date.now();
    expect(await postClick(url, click, at)).toBe(200);
    router.kill('SIGKILL');
    await router.exit();
    e2e.slack.reset();

    router = e2e.start(environment);
    expect(await postClick(await router.url(), click, at)).toBe(200);
    const messages = await e2e.slack.waitFor(3);
    const edited = messages.find(({ via }) => via === 'chat.update') as AcceptedMessage;
    expect(e2e.slack.textOf(edited)).toContain('Acknowledged by Ann (U1)');
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
    expect(e2e.slack.messages).toHaveLength(3);
  });
});
