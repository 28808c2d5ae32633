import { routersWithSlack, sendEvents } from '../support/routers-with-slack.js';
const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
rules: [{ id: failures, match: { types: [f] } }]
`;

describe('a kill -9', () => {
  // Slow enough that a kill comes before everything is posted.
  const e2e = routersWithSlack(rules, { SLACK_RATE: '20', SLACK_BURST: '20' });

  it('right after the answer loses nothing, and repeats at most the message that was being posted', async () => {
    const ids = Array.from({ length: 30 }, (_, index) => `id-${index}`);
    let router = e2e.start();
    expect(await sendEvents(await router.url(), ids)).toBe(200);
    // The answer is not read any more by the time Slack has accepted a few.
    await e2e.slack.waitFor(3);
    router.kill('SIGKILL');
    await router.exit();

    router = e2e.start();
    const url = await router.url();
    // Auth0 sends what it got no answer to again; here everything.
    expect(await sendEvents(url, ids)).toBe(200);
    await e2e.slack.waitFor(() => new Set(e2e.shown()).size === ids.length);
    router.kill('SIGTERM');
    expect(await router.exit()).toEqual({ code: 0, signal: null });
    expect(e2e.shown().length - ids.length).toBeLessThanOrEqual(1);
  });
});
