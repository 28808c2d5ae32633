import { appWithSlack } from '../support/app-with-slack.js';

const rules = `
version: 1
channels: { hook: { webhook: '\${SLACK_WEBHOOK_URL}' } }
defaults: { channels: [hook] }
rules:
  - { id: failures, name: Failures, severity: low, match: { types: [fp] } }
  - { id: reuse, name: Token reuse, severity: high, match: { types: [ferrt] } }
  - id: takeover
    name: Takeover
    severity: critical
    match: { types: [pwd_leak] }
    mention: ['<!here>']
`;

const event = (id: string, type: string, description: string) => ({
  log_id: id,
  data: { type, description, log_id: id },
});

describe('more alerts than a channel takes', () => {
  const e2e = appWithSlack(rules, { DIGEST_AFTER: '1s' });

  it('become one message named after the worst, beside which the critical one with a mention stands by itself', async () => {
    const low = Array.from({ length: 58 }, (_, index) => event(`low-${index}`, 'fp', 'Failed login'));
    const critical = event('critical', 'pwd_leak', 'Impossible travel');
    const high = event('high', 'ferrt', 'A token came twice');
    await e2e.app.send([...low.slice(0, 40), critical, high, ...low.slice(40)]);
    const messages = await e2e.slack.waitFor(2);
    const texts = messages.map((message) => e2e.slack.textOf(message));
    expect(texts).toHaveLength(2);
    expect(texts[0]).toMatch(/^59 alerts in 1 second, the worst: A token came twice/);
    expect(texts[0]).not.toContain('<!here>');
    expect(texts[1]).toContain('Impossible travel');
    expect(texts[1]).toContain('<!here>');
  });
});
